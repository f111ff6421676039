# Lines of par/channel.h, for refuses.cmake: what the types of a typed channel let through.
prelude([[
#include <par/select.h>
struct point { long x, y; };
struct other { long x, y; };
PAR_CHANNEL_DEFINE(points, struct point);
PAR_CHANNEL_DEFINE(others, struct other);
static const struct point p = {0, 0};
static const struct other q = {0, 0};
int use(points_sender s, points_receiver r, others_sender t, others_receiver u, struct point *to);
]])

set(head "int use(points_sender s, points_receiver r, others_sender t, others_receiver u, struct point *to) { (void)s; (void)r; (void)t; (void)u; (void)to; return ")

function(right_value value)
  right("${head} ${value}; }")
endfunction()

function(wrong_value value)
  wrong("${head} ${value}; }")
endfunction()

right_value("points_send(s, p) + others_send(t, q) + points_recv(r, to)")
right_value("points_send_many(s, &p, 1, NULL) + points_recv_many(r, to, 1, NULL)")
right_value("par_try_send(s.end, &p) + par_try_recv(r.end, to)")
wrong_value("points_send(s, q)")
wrong_value("points_try_send(s, &p)")
wrong_value("points_send(t, p)")
wrong_value("points_send(r, p)")
wrong_value("points_recv(s, to)")
wrong_value("points_recv(u, to)")
wrong_value("points_recv(r, *to)")
wrong_value("(points_sender_drop(r), 0)")
