// Go's calling convention for WebAssembly, and what the translator makes of it
// (cmd/internal/obj/wasm/wasmobj.go, Go 1.19 to 1.27). No code: this is the
// account of it; the code is in go_shape.cc.
//
// A Go function has type (i32) -> (i32). Its parameter, PC_B, is the number of
// the block at which to start: 0 at a call, another when a goroutine that was
// switched away goes on. Its result is 1 if the goroutine is being switched
// away: the caller then returns 1 as well, up to the scheduler's loop, which
// goes on with whichever goroutine is next, at the address on top of that one's
// stack. So nothing can stay in locals across a call, and every function starts
// with a table of the blocks to resume at.
//
// Go's stack is in linear memory. Global 0 is the stack pointer and local 1 a
// copy of it, made again after every call. Parameters, results and everything
// that lives across calls is on that stack.
//
//   what the compiler emits                    what it becomes
//   -----------------------------------------  ------------------------------
//   global.get 0, local.set 1                  nothing: sp is a register
//   blocks, local.get 0, br_table              a table (GoResume) at the side;
//                                              calls enter at block 0
//   i32.const k, local.set 0, br to the loop   a jump to block k
//   if stack pointer <= g.stackguard0          GoEnter; the call of morestack
//     call morestack end, sp -= frame          is moved out of the way
//   sp -= 8, store return address, i32.const   GoCall: no frame of locals, as
//     0, call, reload sp, br_if to the exit    all Go functions share one
//   the same through the table                 GoCallIndirect
//   sp += frame + 8, i32.const 0, return       GoReturn
//   i32.const 1, return                        GoUnwind: leaves all callers
//                                              that would pass the 1 on
//   if nil, call sigpanic end                  a branch; the call is moved out
//                                              of the way
//   i64 load or store at sp + k                operand kind M
//
// All of this is recognised by the bytes of the instructions and checked:
//
// 1. global 0 is the module's own mutable i32 and, but for calls, only changes
//    together with local 1;
// 2. local 0 is read by the table at the start and nowhere else (but to pass an
//    index to call_indirect), and only written with a constant before a branch
//    to the loop around that table;
// 3. after every call local 1 is made anew, unless the callee cannot change
//    global 0 or the function returns at once;
// 4. calls that may unwind have nothing on the operand stack, and their exit is
//    the end of the outermost block, after which the function returns 1;
// 5. a local that is alive after a call (Liveness tells) gets a call that keeps
//    the caller's slots (GoCallShift), and one that is alive where a function
//    is entered is set to 0 there, as the specification demands.
//
// A function that breaks one of 1 to 4 is translated the general way, which
// assumes nothing. The two kinds call each other freely.
//
// One thing is taken for granted: that sp + k does not wrap around 2^32 for the
// addresses of stack slots that a function names. Where it would, a Go function
// traps out of bounds instead of reaching the bottom of memory.

#ifndef GOSHAWK_INTERP_GO_SHAPE_H_
#define GOSHAWK_INTERP_GO_SHAPE_H_
#endif  // GOSHAWK_INTERP_GO_SHAPE_H_
