// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/prompt_split.h"

#include <algorithm>
#include <unordered_map>

#include "model/analysis/split.h"

namespace plumbline::analysis {

namespace {

/// A prompt whose parts cannot explain what was billed: beyond this much more the rest was not logged.
constexpr double mostStretch = 1.35;

void assignSegments(Scope& scope)
{
    std::vector<PlacedBlock> placed;
    std::vector<Segment> segments;
    for (const ScopeCall& call : scope.calls) {
        const std::size_t size = call.partsEnd - call.parts - 1;
        placed.resize(size);
        segments.resize(size);
        for (std::size_t part = 0; part < size; ++part) {
            const Part& of = scope.parts[call.parts + part];
            placed[part] = {scope.blocks[of.block].role, scope.blocks[of.block].kind, of.message};
        }
        assignSegments(placed, segments);
        for (std::size_t part = 0; part < size; ++part)
            scope.parts[call.parts + part].segment = segments[part];
    }
}

std::vector<std::vector<std::size_t>> callsByModel(const Scope& scope)
{
    std::vector<std::vector<std::size_t>> byModel;
    std::unordered_map<std::uint32_t, std::size_t> placeOfModel;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const auto [place, isNew] = placeOfModel.emplace(scope.calls[i].model, byModel.size());
        if (isNew)
            byModel.emplace_back();
        byModel[place->second].push_back(i);
    }
    return byModel;
}

/// What the calls of one model say of their blocks.
struct ModelSplit
{
    std::vector<double> byBlock = {}; ///< tokens, as far as is known
    std::vector<double> framing = {}; ///< by call: tokens around its messages
    Occurrences occurrences = {};

    void observe(double total)
    {
        occurrences.ends.push_back(static_cast<std::uint32_t>(occurrences.blocks.size()));
        occurrences.totals.push_back(std::max(0.0, total));
    }
};

ModelSplit byWeights(const Scope& scope, BlockTable& blocks, const std::vector<std::size_t>& calls,
                     const ModelWeights& weigh)
{
    const std::uint32_t model = scope.calls[calls.front()].model;
    ModelSplit split{.byBlock = std::vector<double>(scope.blocks.size(), 0.0)};
    for (const std::size_t i : calls) {
        const ScopeCall& call = scope.calls[i];
        std::uint32_t messages = 0, last = none;
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            const Part& of = scope.parts[part];
            split.byBlock[of.block] = blocks.estimateOf(of.block, model, weigh);
            messages += of.message != last;
            last = of.message;
            split.occurrences.blocks.push_back(of.block);
        }
        split.framing.push_back(weigh.perCall + weigh.perMessage * messages);
        split.observe(call.input() - split.framing.back());
    }
    return split;
}

/// An answer of one text was counted when it was made: where it is sent again, that is what it weighs.
void observeAnswers(const Scope& scope, const std::vector<std::size_t>& calls, ModelSplit& split)
{
    for (const std::size_t i : calls) {
        const ScopeCall& call = scope.calls[i];
        if (call.outputsEnd - call.outputs != 1 || call.tokens[Visible] == 0 || call.finish == Finish::Cancelled)
            continue;
        const std::uint32_t block = scope.outputs[call.outputs];
        if (scope.blocks[block].kind != BlockKind::Text || split.byBlock[block] <= 0)
            continue;
        split.occurrences.blocks.push_back(block);
        split.observe(call.tokens[Visible]);
    }
}

} // namespace

Result<std::vector<SplitMethod>> splitPrompts(Scope& scope, BlockTable& blocks, const WeightsOf& weightsOf)
{
    std::vector<SplitMethod> methods(scope.calls.size(), SplitMethod::Unsplit);
    assignSegments(scope);
    std::vector<double> estimates;
    std::vector<std::uint32_t> tokens;
    for (const std::vector<std::size_t>& calls : callsByModel(scope)) {
        const std::uint32_t model = scope.calls[calls.front()].model;
        const ModelWeights& weigh = *TRY(weightsOf(model));
        scope.weights.emplace(model, weigh.text);
        ModelSplit split = byWeights(scope, blocks, calls, weigh);
        const bool isCalibrated = weigh.method == SplitMethod::Calibrated;
        if (isCalibrated) {
            observeAnswers(scope, calls, split);
            reconcile(split.occurrences, split.byBlock);
        }
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const ScopeCall& call = scope.calls[calls[i]];
            const double framing = split.framing[i];
            estimates.clear();
            double known = 0;
            for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
                estimates.push_back(split.byBlock[scope.parts[part].block]);
                known += estimates.back();
            }
            const std::uint32_t total = call.input();
            const bool isPartLogged = known > 0 && total > mostStretch * (known + framing) + 32;
            estimates.push_back(known == 0     ? 1
                                : isPartLogged ? std::max(0.0, total - known)
                                               : std::min(framing, 0.5 * total));
            tokens.resize(estimates.size());
            splitLargestRemainder(estimates, total, tokens);
            for (std::size_t part = 0; part < tokens.size(); ++part)
                scope.parts[call.parts + part].tokens = tokens[part];
            methods[calls[i]] = known == 0     ? SplitMethod::Unsplit
                                : isCalibrated ? SplitMethod::Reconciled
                                               : SplitMethod::Heuristic;
        }
    }
    return methods;
}

} // namespace plumbline::analysis
