/* SPDX-License-Identifier: MIT */
/* barrier_test.c - the checks of barrier_checks.h under Criterion, which gives each test a process
 * of its own; so here also what happens in a child, and where the system refuses the barrier. */
#include "base/barrier.h"
#include "base/barrier_checks.h"
#include "criterion_front.h"

#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

BARRIER_CHECKS(CHECK_TEST)

static long system_barrier(void)
{
    return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

Test(barrier, registers_the_process)
{
    if (!ws_barrier_available())
        cr_skip_test("this system has no such barrier");
    cr_assert_eq(system_barrier(), 0);
}

Test(barrier, lasts_in_a_forked_child)
{
    if (!ws_barrier_available())
        cr_skip_test("this system has no such barrier");
    const pid_t child = fork();
    if (child == 0)
        _exit(ws_barrier_available() && system_barrier() == 0 ? 0 : 1);
    int status = -1;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0, "the child has no barrier: status %#x", (unsigned)status);
}

/* From here on the process gets EPERM for every call of membarrier, as in some containers. */
static bool refuse_membarrier(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0), /* the number of the call */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof code / sizeof code[0], code};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

Test(barrier, is_not_available_where_it_is_refused)
{
    if (!refuse_membarrier())
        cr_skip_test("this system does not let a process refuse itself a call");
    cr_assert_not(ws_barrier_available());
}
