// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/what_if.h"

#include <algorithm>
#include <array>

#include "model/queries/what_if_state.h"
#include "model/simulation/uncertainty.h"

namespace plumbline {

using namespace simulation;

namespace {

constexpr std::size_t mostSuggested = 10;

WhatIfFigures shown(const simulation::Figures& figures)
{
    WhatIfFigures shown{.calls = figures.calls,
                        .callsWithUsage = figures.callsWithUsage,
                        .input = figures.input,
                        .output = figures.output,
                        .cost = figures.cost,
                        .wasteRatio = figures.wasteRatio};
    if (figures.latency) {
        const auto milliseconds = [](const std::optional<double>& microseconds) {
            return microseconds ? std::optional(*microseconds / 1000) : std::nullopt;
        };
        shown.p50 = milliseconds(figures.latency->p50);
        shown.p95 = milliseconds(figures.latency->p95);
    }
    return shown;
}

std::string keyOf(const std::vector<Condition>& scope)
{
    std::string key;
    for (const Condition& condition : scope)
        key += textOf(condition) + '\n';
    return key;
}

MoneySum scaled(MoneySum money, double by)
{
    return MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(static_cast<double>(money.picodollars()) * by));
}

} // namespace

std::optional<double> cacheFitOf(const WhatIfRange& range)
{
    TokenCount reported = 0, predicted = 0;
    for (const WhatIfCacheFit& fit : range.cacheFit) {
        reported += fit.reported;
        predicted += fit.predicted;
    }
    if (reported == 0)
        return {};
    return static_cast<double>(predicted) / static_cast<double>(reported);
}

WhatIf::WhatIf(std::unique_ptr<State> state) : m_state(std::move(state)) {}
WhatIf::~WhatIf() = default;

const Filter& WhatIf::filter() const
{
    return m_state->filter;
}

std::int64_t WhatIf::callsWithoutPrompts() const
{
    return m_state->withoutPrompts;
}

std::int64_t WhatIf::unpricedCalls() const
{
    return m_state->unpriced;
}

std::int64_t WhatIf::callsWithoutUsage() const
{
    return m_state->withoutUsage;
}

std::int32_t WhatIf::days() const
{
    return m_state->world->periodDays;
}

const World& WhatIf::world() const
{
    return *m_state->world;
}

Result<CallSet> WhatIf::State::callsOf(const std::vector<Condition>& scope, const StopToken& stop)
{
    if (scope.empty())
        return CallSet();
    CallSet& known = sets[keyOf(scope)];
    if (known)
        return known;
    if (placeOfId.empty())
        for (std::uint32_t place = 0; place < world->calls.size(); ++place) {
            const auto id = static_cast<std::size_t>(world->calls[place].id);
            if (id >= placeOfId.size())
                placeOfId.resize(id + id / 2 + 1, none);
            placeOfId[id] = place;
        }
    auto calls = std::make_shared<std::vector<bool>>(world->calls.size());
    for (const std::int64_t id : TRY(queries.callIds({.period = filter.period, .conditions = scope}, stop)))
        if (const auto at = static_cast<std::size_t>(id); at < placeOfId.size() && placeOfId[at] != none)
            (*calls)[placeOfId[at]] = true;
    known = std::move(calls);
    return known;
}

Result<std::vector<Setting>> WhatIf::State::settingsOf(const std::vector<LeverUse>& levers, const StopToken& stop)
{
    std::vector<Setting> settings;
    for (const LeverUse& use : levers) {
        TRY(checked(use));
        settings.emplace_back(*leverOf(use.lever), use, TRY(callsOf(use.scope, stop)));
    }
    return settings;
}

Result<WhatIfRange> WhatIf::State::rangeOf(const std::vector<Setting>& settings, const Outcome& outcome,
                                           const StopToken& stop)
{
    const MoneyRange byDay = resampledByDay(replay.before(), outcome.after);
    const MoneySum saving = replay.before().cost - outcome.after.cost;
    WhatIfRange range{
        .low = byDay.low, .high = byDay.high, .days = replay.before().days.size(), .lowest = saving, .highest = saving};
    for (const Step& step : outcome.steps)
        if (leverOf(step.lever)->needs != LeverNeed::Usage)
            range.attribution +=
                scaled(step.saving < MoneySum() ? MoneySum() - step.saving : step.saving, attributionError);
    const auto consider = [&](MoneySum other) {
        range.lowest = std::min(range.lowest, other);
        range.highest = std::max(range.highest, other);
    };
    for (const AssumptionEffect& effect : TRY(tornado(replay, settings, stop))) {
        range.assumptions.push_back({.lever = effect.lever,
                                     .place = effect.place,
                                     .parameter = effect.parameter,
                                     .low = effect.low,
                                     .high = effect.high,
                                     .savingAtLow = effect.savingAtLow,
                                     .savingAtHigh = effect.savingAtHigh});
        consider(effect.savingAtLow);
        consider(effect.savingAtHigh);
    }
    for (const Setting& setting : settings)
        if (setting.lever().replaysCaches && !setting.isNeutral())
            for (const CacheFit& fit : TRY(replay.cacheFit(setting.with("hits", 100), stop)))
                range.cacheFit.push_back({world->features[fit.feature], fit.reported, fit.predicted});
    // And all of them at their worse, and at their better end.
    for (const bool isBetter : {false, true}) {
        std::vector<Setting> corner = settings;
        for (const WhatIfAssumption& assumption : range.assumptions)
            corner[assumption.place] = corner[assumption.place].with(
                assumption.parameter,
                (assumption.savingAtHigh > assumption.savingAtLow) == isBetter ? assumption.high : assumption.low);
        if (!range.assumptions.empty())
            consider(TRY(replay.saving(corner, stop)));
    }
    return range;
}

Result<WhatIfAnswer> WhatIf::simulate(const std::vector<LeverUse>& levers, WhatIfDetail detail, const StopToken& stop)
{
    Replay& replay = m_state->replay;
    const std::vector<Setting> settings = TRY(m_state->settingsOf(levers, stop));
    const Outcome outcome =
        TRY(replay.run(settings, detail == WhatIfDetail::Money ? Replay::Detail::Money : Replay::Detail::All, stop));
    WhatIfAnswer answer{
        .before = shown(replay.before()), .after = shown(outcome.after), .repeatsCaches = outcome.repeatsCaches};
    for (const Step& step : outcome.steps)
        answer.steps.push_back({.lever = step.lever, .place = step.place, .saving = step.saving});
    answer.orphanedWrites = outcome.orphanedWrites;
    answer.isCostKnown = answer.before.calls > m_state->unpriced + m_state->withoutUsage;
    for (const Risk& risk : outcome.risks)
        answer.risks.push_back(
            {.lever = risk.lever, .message = risk.message(), .text = std::string(risk.text), .figures = risk.figures});
    if (m_state->featureTokens.empty()) {
        m_state->featureTokens.resize(m_state->world->features.size());
        for (const WorldCall& call : m_state->world->calls)
            m_state->featureTokens[call.feature] += TokenCount{call.input()} + call.output();
    }
    for (std::size_t i = 0; i < m_state->world->features.size(); ++i)
        answer.features.push_back({.feature = m_state->world->features[i],
                                   .before = replay.before().features[i],
                                   .after = outcome.after.features[i],
                                   .tokens = m_state->featureTokens[i]});
    std::stable_sort(answer.features.begin(), answer.features.end(),
                     [](const WhatIfFeature& a, const WhatIfFeature& b) { return a.before > b.before; });
    if (detail != WhatIfDetail::Full)
        return answer;
    answer.range = TRY(m_state->rangeOf(settings, outcome, stop));
    MoneySum together, alone;
    for (WhatIfStep& step : answer.steps) {
        step.alone = TRY(replay.saving({settings[step.place]}, stop));
        together += step.saving;
        alone += *step.alone;
    }
    answer.interaction = together - alone;
    return answer;
}

Result<std::vector<SuggestedLever>> WhatIf::suggest(const std::string& worst, const StopToken& stop)
{
    // What cannot be judged from calls alone, or is no decision.
    constexpr std::array<std::string_view, 4> never{"raise-output-limit", "route-model", "price-change",
                                                    "own-hardware"};
    std::vector<std::vector<LeverUse>> candidates;
    for (const Lever& lever : allLevers()) {
        const bool isAllowed = static_cast<int>(lever.risk) <= static_cast<int>(TRY(riskClassFromId(worst)));
        if (!isAllowed || std::find(never.begin(), never.end(), lever.id) != never.end())
            continue;
        candidates.push_back({{.lever = std::string(lever.id)}});
        if (lever.id == "prompt-caching") // a beginning that changes is cached in vain
            candidates.push_back({{.lever = "stable-prefix"}, {.lever = std::string(lever.id)}});
    }
    const MoneySum least = scaled(m_state->replay.before().cost, 0.001);
    std::vector<LeverUse> plan;
    std::vector<SuggestedLever> suggested;
    MoneySum reached;
    while (suggested.size() < mostSuggested) {
        MoneySum best = reached + least;
        const std::vector<LeverUse>* chosen = nullptr;
        for (const std::vector<LeverUse>& candidate : candidates) {
            std::vector<LeverUse> tried = plan;
            tried.insert(tried.end(), candidate.begin(), candidate.end());
            const MoneySum saving = TRY(m_state->replay.saving(TRY(m_state->settingsOf(tried, stop)), stop));
            if (saving > best) {
                best = saving;
                chosen = &candidate;
            }
        }
        if (!chosen)
            break;
        for (const LeverUse& use : *chosen) {
            plan.push_back(use);
            suggested.push_back({.use = use, .saving = &use == &chosen->back() ? best - reached : MoneySum()});
        }
        reached = best;
        const std::vector<LeverUse> taken = *chosen;
        std::erase_if(candidates, [&](const std::vector<LeverUse>& candidate) {
            return std::any_of(candidate.begin(), candidate.end(), [&](const LeverUse& use) {
                return std::any_of(taken.begin(), taken.end(),
                                   [&](const LeverUse& of) { return of.lever == use.lever; });
            });
        });
    }
    return suggested;
}

} // namespace plumbline
