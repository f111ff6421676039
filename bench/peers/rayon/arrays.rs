// SPDX-License-Identifier: MIT
//! See peer.h.

use rayon::prelude::*;
use std::mem::ManuallyDrop;
use std::slice::{from_raw_parts, from_raw_parts_mut};

#[repr(C)]
pub struct Curve {
    a: f32,
    b: f32,
}

/// # Safety
/// As peer.h says, here and below.
#[no_mangle]
pub unsafe extern "C" fn peer_map(
    out: *mut f32,
    input: *const f32,
    n: usize,
    curve: *const Curve,
) -> bool {
    let Curve { a, b } = curve.read();
    from_raw_parts_mut(out, n)
        .par_iter_mut()
        .zip(from_raw_parts(input, n).par_iter())
        .for_each(|(y, x)| *y = a * x * x + b);
    true
}

/// Into a vector that has room for all, as a user has who filters again and again.
#[no_mangle]
pub unsafe extern "C" fn peer_filter(
    out: *mut u32,
    out_n: *mut usize,
    input: *const u32,
    n: usize,
    limit: u32,
) -> bool {
    let mut kept = ManuallyDrop::new(Vec::from_raw_parts(out, 0, n));
    kept.par_extend(from_raw_parts(input, n).par_iter().copied().filter(|x| *x < limit));
    out_n.write(kept.len());
    true
}

// ---- chains

#[repr(C)]
pub struct Made {
    items: *mut u64,
    n: usize,
    capacity: usize,
}

#[no_mangle]
pub unsafe extern "C" fn peer_collect(
    made: *mut Made,
    input: *const u32,
    n: usize,
    limit: u32,
) -> bool {
    let squares: Vec<u64> = from_raw_parts(input, n)
        .par_iter()
        .filter(|x| **x < limit)
        .map(|x| u64::from(*x) * u64::from(*x))
        .collect();
    let mut squares = ManuallyDrop::new(squares);
    made.write(Made {
        items: squares.as_mut_ptr(),
        n: squares.len(),
        capacity: squares.capacity(),
    });
    true
}

#[no_mangle]
pub unsafe extern "C" fn peer_unmake(made: *mut Made) {
    let Made { items, n, capacity } = made.read();
    drop(Vec::from_raw_parts(items, n, capacity));
}

#[no_mangle]
pub unsafe extern "C" fn peer_fused(
    sum: *mut f64,
    input: *const f64,
    n: usize,
    limit: f64,
) -> bool {
    let total = from_raw_parts(input, n)
        .par_iter()
        .map(|x| x * x)
        .filter(|square| *square < limit)
        .sum();
    sum.write(total);
    true
}

#[no_mangle]
pub unsafe extern "C" fn peer_fused_in_one(
    sum: *mut f64,
    input: *const f64,
    n: usize,
    limit: f64,
) -> bool {
    let total = from_raw_parts(input, n)
        .par_iter()
        .map(|x| if x * x < limit { x * x } else { 0.0 })
        .sum();
    sum.write(total);
    true
}

// ---- reductions

#[no_mangle]
pub unsafe extern "C" fn peer_max(max: *mut f32, input: *const f32, n: usize) -> bool {
    let greatest = from_raw_parts(input, n)
        .par_iter()
        .copied()
        .reduce_with(|a, b| if b > a { b } else { a });
    max.write(greatest.expect("n is not 0"));
    true
}

#[repr(C)]
pub struct Summary {
    n: u64,
    sum: f64,
    least: f64,
    greatest: f64,
}

impl Summary {
    fn nothing() -> Self {
        Summary { n: 0, sum: 0.0, least: f64::INFINITY, greatest: f64::NEG_INFINITY }
    }

    fn with(self, x: f64) -> Self {
        Summary {
            n: self.n + 1,
            sum: self.sum + x,
            least: if x < self.least { x } else { self.least },
            greatest: if x > self.greatest { x } else { self.greatest },
        }
    }

    fn and(self, more: Self) -> Self {
        Summary {
            n: self.n + more.n,
            sum: self.sum + more.sum,
            least: self.least.min(more.least),
            greatest: self.greatest.max(more.greatest),
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn peer_summarize(
    summary: *mut Summary,
    input: *const f64,
    n: usize,
) -> bool {
    let all = from_raw_parts(input, n)
        .par_iter()
        .fold(Summary::nothing, |all, x| all.with(*x))
        .reduce(Summary::nothing, Summary::and);
    summary.write(all);
    true
}

#[no_mangle]
pub unsafe extern "C" fn peer_sum_i64(sum: *mut i64, input: *const i64, n: usize) -> bool {
    sum.write(from_raw_parts(input, n).par_iter().sum());
    true
}

// ---- running sums: there is no scan, so each thread's share is added up, then gone through.

fn share(n: usize) -> usize {
    (n / rayon::current_num_threads()).max(1)
}

fn scan<T>(out: &mut [T], input: &[T])
where
    T: Copy + Default + Send + Sync + std::iter::Sum<T> + std::ops::AddAssign,
{
    let share = share(input.len());
    let mut befores: Vec<T> =
        input.par_chunks(share).map(|chunk| chunk.iter().copied().sum()).collect();
    let mut running = T::default();
    for before in &mut befores {
        let sum = *before;
        *before = running;
        running += sum;
    }
    out.par_chunks_mut(share).zip(input.par_chunks(share)).zip(befores).for_each(
        |((to, from), before)| {
            let mut sum = before;
            for (y, x) in to.iter_mut().zip(from) {
                sum += *x;
                *y = sum;
            }
        },
    );
}

#[no_mangle]
pub unsafe extern "C" fn peer_scan_f64(out: *mut f64, input: *const f64, n: usize) -> bool {
    scan(from_raw_parts_mut(out, n), from_raw_parts(input, n));
    true
}

#[no_mangle]
pub unsafe extern "C" fn peer_scan_i64(out: *mut i64, input: *const i64, n: usize) -> bool {
    scan(from_raw_parts_mut(out, n), from_raw_parts(input, n));
    true
}

// ---- searches

#[no_mangle]
pub unsafe extern "C" fn peer_find(
    index: *mut usize,
    input: *const u32,
    n: usize,
    value: u32,
) -> bool {
    let found = from_raw_parts(input, n).par_iter().position_first(|x| *x == value);
    index.write(found.unwrap_or(n));
    true
}

// ---- histograms: a table for each thread's share.

fn histogram<T: Copy + Sync + Into<u32>>(counts: &mut [usize], input: &[T]) {
    let bins = counts.len();
    let tables: Vec<Vec<usize>> = input
        .par_chunks(share(input.len()))
        .map(|chunk| {
            let mut table = vec![0; bins];
            for x in chunk {
                table[(*x).into() as usize] += 1;
            }
            table
        })
        .collect();
    counts.fill(0);
    for table in tables {
        for (all, count) in counts.iter_mut().zip(table) {
            *all += count;
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn peer_histogram_u8(counts: *mut usize, input: *const u8, n: usize) -> bool {
    histogram(from_raw_parts_mut(counts, 256), from_raw_parts(input, n));
    true
}

#[no_mangle]
pub unsafe extern "C" fn peer_histogram_u32(
    counts: *mut usize,
    input: *const u32,
    n: usize,
) -> bool {
    histogram(from_raw_parts_mut(counts, 65536), from_raw_parts(input, n));
    true
}
