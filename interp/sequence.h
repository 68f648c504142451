// The body of a fused sequence: those of its steps one after the other, until
// one does not simply go on.

#ifndef GOSHAWK_INTERP_SEQUENCE_H_
#define GOSHAWK_INTERP_SEQUENCE_H_

#include <cstddef>
#include <utility>

#include "interp/body_of.h"
#include "interp/step.h"

namespace goshawk::interp {

template <Step... kSteps>
struct Sequence {
  template <class R>
  [[gnu::always_inline]] static Flow Run(R& r) {
    Flow flow = Flow::kNext;
    if constexpr ((kSteps.HasWires() || ...)) {
      flow = RunWired(r, std::make_index_sequence<sizeof...(kSteps)>());
    } else {
      static_cast<void>(
          (((flow = BodyOf<kSteps.op>::Type::Run(r)) == Flow::kNext) && ...));
    }
    return flow;
  }

 private:
  template <class R, size_t... kIndices>
  [[gnu::always_inline]] static Flow RunWired(
      R& r, std::index_sequence<kIndices...>) {
    StepValues<sizeof...(kSteps)> values;
    Flow flow = Flow::kNext;
    static_cast<void>((
        ((flow = RunStep<kSteps, kIndices>(r, values)) == Flow::kNext) && ...));
    return flow;
  }

  template <Step kStep, size_t kIndex, class R>
  [[gnu::always_inline]] static Flow RunStep(
      R& r, StepValues<sizeof...(kSteps)>& values) {
    StepRegisters<R, sizeof...(kSteps), kStep, kIndex> view(r, values);
    const Flow flow = BodyOf<kStep.op>::Type::Run(view);
    r = view;
    return flow;
  }
};

}  // namespace goshawk::interp

#endif  // GOSHAWK_INTERP_SEQUENCE_H_
