/* SPDX-License-Identifier: MIT */
/* channel_cxx.cpp - typed channels and select from C++. */
#include <par/channel.h>
#include <par/select.h>

namespace
{

struct point {
    double x;
    int y;
};

PAR_CHANNEL_DEFINE(points, point);
PAR_CHANNEL_DEFINE(texts, const char *);

bool moves_points()
{
    points_sender sender;
    points_receiver receiver;
    if (points_create(&sender, &receiver, 4) != 0)
        return false;
    const point two[2] = {{1.5, 2}, {2.5, 3}};
    size_t accepted = 0;
    bool right = points_send(sender, two[0]) == 0 &&
                 points_send_many(sender, two, 2, &accepted) == 0 && accepted == 2;
    point got{};
    right = right && points_recv(receiver, &got) == 0 && got.y == 2;
    size_t chosen = 9;
    par_select_case cases[] = {PAR_SELECT_RECV(receiver.end, &got),
                               PAR_SELECT_SEND(nullptr, nullptr)};
    right = right && par_select(cases, 2, PAR_FOREVER, nullptr, 0, &chosen) == 0 && chosen == 0;
    points_sender_drop(sender);
    int rest = 0;
    PAR_FOR_RECV(point, next, receiver.end)
    {
        rest += next.y;
    }
    points_receiver_drop(receiver);
    return right && rest == 3;
}

bool moves_texts()
{
    texts_sender sender;
    texts_receiver receiver;
    if (texts_create(&sender, &receiver, PAR_UNBOUNDED) != 0)
        return false;
    const char *text = nullptr;
    const bool right =
        texts_send(sender, "x") == 0 && texts_recv(receiver, &text) == 0 && text[0] == 'x';
    texts_sender_drop(sender);
    texts_receiver_drop(receiver);
    return right;
}

} // namespace

int main()
{
    return moves_points() && moves_texts() ? 0 : 1;
}
