/* SPDX-License-Identifier: MIT */
/* arrange_transpose.c - par_transpose: a loop over square tiles. A tile is read in lines of the
 * input and written in lines of the output, and both parts of it fit into a first-level cache. */
#include <par/arrange.h>
#include <par/loop.h>

#include "par_iter/base/apart.h"

#include <string.h>

enum { TILE_BYTES = 16 * 1024, TILE_SIDE = 64 };

struct transpose {
    char *out;
    const char *in;
    size_t size;
    size_t rows;
    size_t columns;
    size_t side;  /* of a tile */
    size_t tiles; /* in a row */
};

struct tile {
    size_t row;
    size_t row_end;
    size_t column;
    size_t column_end;
};

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static struct tile tile_at(const struct transpose *all, size_t number)
{
    const size_t row = number / all->tiles * all->side;
    const size_t column = number % all->tiles * all->side;
    return (struct tile){row, lesser(row + all->side, all->rows), column,
                         lesser(column + all->side, all->columns)};
}

static inline void turn(const struct transpose *all, const struct tile *tile, size_t size)
{
    for (size_t column = tile->column; column < tile->column_end; column++) {
        char *to = all->out + (column * all->rows + tile->row) * size;
        const char *from = all->in + (tile->row * all->columns + column) * size;
        for (size_t row = tile->row; row < tile->row_end; row++) {
            memcpy(to, from, size);
            to += size;
            from += all->columns * size;
        }
    }
}

/* A size that the compiler knows makes a copy by registers. */
static void turn_tile(const struct transpose *all, const struct tile *tile)
{
    switch (all->size) {
    case 1:
        turn(all, tile, 1);
        break;
    case 2:
        turn(all, tile, 2);
        break;
    case 4:
        turn(all, tile, 4);
        break;
    case 8:
        turn(all, tile, 8);
        break;
    case 16:
        turn(all, tile, 16);
        break;
    default:
        turn(all, tile, all->size);
    }
}

static int turn_tiles(size_t begin, size_t end, void *arg)
{
    for (size_t number = begin; number < end; number++) {
        const struct tile tile = tile_at(arg, number);
        turn_tile(arg, &tile);
    }
    return 0;
}

/* The largest power of two with which a tile has at most TILE_BYTES. */
static size_t side_for(size_t size)
{
    size_t side = TILE_SIDE;
    while (side > 1 && side * side > TILE_BYTES / lesser(size, TILE_BYTES))
        side /= 2;
    return side;
}

int par_transpose(void *out, const void *in, size_t size, size_t rows, size_t columns)
{
    if (rows > 0 && columns > SIZE_MAX / rows)
        return size == 0 || out == NULL || in == NULL ? EINVAL : EOVERFLOW;
    const size_t n = rows * columns;
    const int code = ws_apart_code(out, size, in, size, n);
    if (code != 0 || n == 0)
        return code;
    ws_apart_check("par_transpose", out, n * size, in, n * size);
    const size_t side = side_for(size);
    struct transpose all = {.out = out,
                            .in = in,
                            .size = size,
                            .rows = rows,
                            .columns = columns,
                            .side = side,
                            .tiles = columns / side + (columns % side != 0)};
    const size_t tile_rows = rows / side + (rows % side != 0);
    return par_try_for(0, tile_rows * all.tiles, turn_tiles, &all, NULL);
}
