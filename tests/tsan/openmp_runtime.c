/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What ThreadSanitizer has to know of LLVM's OpenMP runtime besides what archer says, the tool
 *  that comes with it. Builds with -Db_sanitize=thread link this in front of the runtime, see
 *  README.md.
 *
 *  First, the memory of a task that has ended becomes that of a new one. The new one's creator
 *  writes there what the old one has read, in an order that only the runtime knows.
 *
 *  Second, a task with `if (false)` and dependences waits for them as a task of its own. The
 *  runtime of LLVM 14 takes what archer notes about that for a mistake of its own and aborts. Here
 *  such tasks are alone on their thread and have nothing to wait for, so they do not. If that ever
 *  changes, the sanitizer reports a race. */
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <stddef.h>
#include <stdint.h>

/* The interface between clang and its runtime, as in LLVM's kmp.h. */
typedef struct task task;
typedef int32_t task_entry(int32_t thread, task *task);
struct task {
    void *shared;
    task_entry *entry;
    int32_t part;
    task_entry *spare; /**< of C++: the destructor of the task's copies */
};
typedef task *task_alloc_function(void *place, int32_t thread, int32_t flags, size_t size,
                                  size_t shared_size, task_entry *entry);

task_alloc_function __kmpc_omp_task_alloc;
void __kmpc_omp_wait_deps(void *place, int32_t thread, int32_t count, void *list,
                          int32_t noalias_count, void *noalias_list);

static int32_t run_and_release(int32_t thread, task *task)
{
    int32_t result = task->spare(thread, task);
    __tsan_release(task);
    return result;
}

task *__kmpc_omp_task_alloc(void *place, int32_t thread, int32_t flags, size_t size,
                            size_t shared_size, task_entry *entry)
{
    union {
        void *symbol;
        task_alloc_function *function;
    } runtime = {dlsym(RTLD_NEXT, "__kmpc_omp_task_alloc")};
    task *new = runtime.function(place, thread, flags, size, shared_size, run_and_release);
    __tsan_acquire(new);
    new->spare = entry;
    return new;
}

void __kmpc_omp_wait_deps(void *place, int32_t thread, int32_t count, void *list,
                          int32_t noalias_count, void *noalias_list)
{
    (void)place, (void)thread, (void)count, (void)list, (void)noalias_count, (void)noalias_list;
}
