/* SPDX-License-Identifier: MIT */
/* panic_cxx.cpp - panics from C++: through par.hpp, with destructors; caught inside callbacks of
 * the C calls; and exceptions beside them. A plain program: 0, or it prints what failed. */
#include <atomic>
#include <cstdio>
#include <cstring>
#include <par/par.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

namespace
{

int failures;

void expect(bool condition, const char *what)
{
    if (condition)
        return;
    std::printf("%s\n", what);
    failures++;
}

std::atomic<int> destroyed;

struct guard {
    ~guard()
    {
        if (par_panicking())
            destroyed++;
    }
};

/* Runs f under a catch, which must get `code`; destructors run for `guards` objects. */
template <typename F> void expect_panic(const char *what, int code, int guards, F f)
{
    par_failure failure;
    destroyed = 0;
    const auto run = [](void *arg) {
        guard outer;
        (*static_cast<F *>(arg))();
    };
    const int got = par_catch(run, &f, &failure);
    expect(got == code && failure.code == code, what);
    expect(std::strcmp(failure.message, "from C++") == 0, what);
    expect(destroyed == guards + 1, what);
}

void panic(int code)
{
    guard inner;
    par_panic(code, "from C++");
}

void meet(std::atomic<int> &count)
{
    count++;
    while (count < 2)
        std::this_thread::yield();
}

void test_join()
{
    std::atomic<int> ran{0};
    expect_panic("a of join", 1, 1, [&] { par::join([] { panic(1); }, [&] { ran++; }); });
    expect_panic("b of join", 2, 1, [&] { par::join([&] { ran++; }, [] { panic(2); }); });
    expect(ran == 2, "both sides run");
    expect_panic("a stolen b", 3, 1, [] {
        std::atomic<int> met{0};
        par::join([&] { meet(met); },
                  [&] {
                      meet(met);
                      panic(3);
                  });
    });
    try {
        par::join([] { throw std::runtime_error("a"); }, [&] { ran++; });
        expect(false, "an exception is thrown again");
    } catch (const std::runtime_error &error) {
        expect(error.what() == std::string("a") && ran == 3, "as it was");
    }
}

void test_arrays()
{
    const std::vector<int> ones(100000, 1);
    std::vector<int> out(ones);
    const auto raise = [](int code, auto result) {
        par_panic(code, "from C++");
        return result;
    };
    expect_panic("for_each_index", 4, 1, [] {
        par::for_each_index(0, 100000, [](std::size_t i) {
            if (i == 77777)
                panic(4);
        });
    });
    expect_panic("map", 5, 0, [&] {
        par::map(out.data(), ones.data(), ones.size(), [&](int x) { return raise(5, x); });
    });
    expect_panic("reduce", 6, 0, [&] {
        par::reduce(ones.data(), ones.size(), 0, [&](int x, int) { return raise(6, x); });
    });
    expect_panic("sort", 7, 0, [&] {
        par::sort(out.data(), out.size(), [&](int, int) { return raise(7, true); });
    });
}

void test_defer()
{
    static std::vector<int> order;
    const auto note = [](void *arg) { order.push_back(*static_cast<int *>(arg)); };
    static int one = 1;
    static int two = 2;
    {
        PAR_DEFER(note, &two);
        PAR_DEFER(note, &one);
    }
    expect(order == std::vector<int>({1, 2}), "handlers in C++");
}

/* A callback of a C call catches inside itself. */
void test_inside()
{
    std::atomic<int> caught{0};
    const auto body = [](std::size_t begin, std::size_t end, void *arg) {
        const auto raise = [](void *) { panic(8); };
        for (std::size_t i = begin; i < end; i++)
            *static_cast<std::atomic<int> *>(arg) += par_catch(raise, nullptr, nullptr) == 8;
    };
    par_for(0, 100, body, &caught);
    expect(caught == 100, "caught inside a callback");
}

} // namespace

int main()
{
    for (int i = 0; i < 20; i++) {
        test_join();
        test_arrays();
        test_inside();
    }
    test_defer();
    return failures == 0 ? 0 : 1;
}
