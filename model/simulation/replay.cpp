// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/replay.h"

#include <algorithm>
#include <cmath>

#include "model/simulation/rate_finder.h"

namespace plumbline::simulation {

namespace {

std::size_t orderOf(const Setting& setting)
{
    return static_cast<std::size_t>(&setting.lever() - allLevers().data());
}

/// Tokens of waste that are left of a call. What goes from a segment is its waste first: that is what levers aim at.
class WasteLeft
{
public:
    WasteLeft(const World& world, const State& state) : m_world(world), m_state(state) {}

    TokenCount count() const
    {
        TokenCount left = 0;
        for (std::size_t i = 0; i < m_world.waste.size();) {
            const std::uint32_t call = m_world.waste[i].call;
            SegmentTokens wasted{};
            for (; i < m_world.waste.size() && m_world.waste[i].call == call; ++i)
                wasted[static_cast<std::size_t>(m_world.waste[i].segment)] += scaled(call, m_world.waste[i].tokens);
            if (m_state.isRemoved(call))
                continue;
            const SegmentTokens gone = m_state.isChanged(call) ? goneOf(call) : SegmentTokens{};
            for (std::size_t segment = 0; segment < segmentCount; ++segment)
                left += std::max<TokenCount>(0, wasted[segment] - gone[segment]);
        }
        return left;
    }

private:
    /// In the tokens the call has now: another tokenizer makes no waste and takes none away.
    TokenCount scaled(std::uint32_t call, std::uint32_t tokens) const
    {
        return std::llround(tokens * m_state.scaleOf(call));
    }
    SegmentTokens goneOf(std::uint32_t index) const
    {
        const WorldCall& call = m_world.calls[index];
        SegmentTokens gone{};
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
            gone[m_world.parts[part].segment] +=
                scaled(index, m_world.partTokens[part]) - TokenCount{m_state.partTokens(part)};
        gone[static_cast<std::size_t>(Segment::Output)] =
            scaled(index, call.tokens[analysis::Visible]) - m_state.tokensIn(analysis::Visible, index);
        gone[static_cast<std::size_t>(Segment::Reasoning)] =
            scaled(index, call.tokens[analysis::Thinking]) - m_state.tokensIn(analysis::Thinking, index);
        return gone;
    }

    const World& m_world;
    const State& m_state;
};

} // namespace

Replay::Replay(std::shared_ptr<const World> world)
    : m_world(std::move(world)), m_fits(fitLatencies(*m_world)), m_state(*m_world)
{
    m_before = figures(Detail::All);
}

Figures Replay::figures(Detail detail) const
{
    const World& world = *m_world;
    const State::Sums sums = m_state.sums();
    Figures figures{.calls = sums.calls,
                    .callsWithUsage = sums.callsWithUsage,
                    .input = sums.input,
                    .output = sums.output,
                    .cost = MoneySum::ofPicodollars(sums.cost)};
    figures.features.resize(world.features.size());
    figures.days.resize(static_cast<std::size_t>(world.days));
    for (std::size_t cell = 0; cell < sums.cells.size(); ++cell) {
        const MoneySum cost = MoneySum::ofPicodollars(sums.cells[cell]);
        figures.features[cell / figures.days.size()] += cost;
        figures.days[cell % figures.days.size()] += cost;
    }
    if (detail == Detail::Money)
        return figures;
    if (const TokenCount tokens = figures.input + figures.output; tokens > 0)
        figures.wasteRatio = static_cast<double>(WasteLeft(world, m_state).count()) / static_cast<double>(tokens);
    figures.latency = replayedLatencies(world, m_state, m_fits);
    return figures;
}

/// A prompt that is no longer long is billed at the usual prices.
void Replay::repriceShortened()
{
    if (m_world->flagged(LongContext).empty())
        return;
    RateFinder finder(*m_world, m_state);
    for (std::size_t i = 0; i < m_state.touched().size(); ++i) {
        const std::uint32_t index = m_state.touched()[i];
        const WorldCall& call = m_world->calls[index];
        if (!call.is(LongContext) || m_state.isRemoved(index) || m_state.ratesOf(index) == none)
            continue;
        const std::uint32_t model = m_state.modelOf(index);
        const ServiceTier tier = finder.tierOf(index);
        const std::uint32_t asBilled = finder.find(model, call.started, tier, call.input());
        const std::uint32_t now = finder.find(model, call.started, tier, m_state.inputOf(index));
        const bool isListPriced =
            asBilled != none && m_state.ratesAt(asBilled) == m_state.ratesAt(m_state.ratesOf(index));
        if (isListPriced && now != none)
            m_state.setRates(index, now);
    }
}

std::size_t Replay::rewind(const std::vector<Setting>& order, bool isExact)
{
    const bool isMarked = (m_isMarkExact || !isExact) && m_marked.size() <= order.size() &&
                          std::equal(m_marked.begin(), m_marked.end(), order.begin(),
                                     [](const Setting& a, const Setting& b) { return a.isSameAs(b); });
    if (isMarked) {
        m_state.reset();
        return m_marked.size();
    }
    m_marked.clear();
    m_markedSteps.clear();
    m_isMarkExact = true;
    m_state.restart();
    return 0;
}

bool Replay::knowsCachesOf(const Setting& setting) const
{
    return std::any_of(m_cachesOf.begin(), m_cachesOf.end(),
                       [&](const Setting& known) { return known.isSameAs(setting); });
}

Result<std::vector<Step>> Replay::play(const std::vector<Setting>& settings, State::Caches caches,
                                       const StopToken& stop)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < settings.size(); ++i)
        if (!settings[i].isNeutral())
            places.push_back(i);
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return orderOf(settings[a]) < orderOf(settings[b]); });
    std::vector<Setting> order;
    for (const std::size_t place : places)
        order.push_back(settings[place]);
    const std::vector<Setting> last = std::exchange(m_last, order);
    const auto isLike = [](const Setting& a, const Setting& b) { return a.isSameAs(b); };
    const auto same = static_cast<std::size_t>(
        std::mismatch(order.begin(), order.end(), last.begin(), last.end(), isLike).first - order.begin());
    std::size_t next = rewind(order, caches != State::Caches::Repeat);
    m_isExact = m_isMarkExact;
    std::vector<Step> steps = m_markedSteps;
    for (std::size_t i = 0; i < steps.size(); ++i)
        steps[i].place = places[i]; // they may stand elsewhere now
    for (; next < order.size(); ++next) {
        // What stayed the same since the last time may well do so the next time.
        if (next == same && next > m_marked.size() && same < last.size()) {
            m_state.mark();
            m_marked.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(next));
            m_markedSteps = steps;
            m_isMarkExact = m_isExact;
        }
        TRY(stop.check());
        const Setting& setting = order[next];
        m_state.nameLever(setting.lever().id);
        const std::int64_t below = m_state.callsBelowMinimum();
        const bool isRepeated = caches == State::Caches::Repeat && knowsCachesOf(setting);
        m_state.setCaches(caches == State::Caches::Repeat && !isRepeated ? State::Caches::Replay : caches);
        const bool keepsCaches = caches == State::Caches::ReplayAndKeep && setting.lever().replaysCaches;
        if (keepsCaches) // those of settings that still hold stay known
            std::erase_if(m_cachesOf, [&](const Setting& known) {
                return std::none_of(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(next),
                                    [&](const Setting& before) { return before.isSameAs(known); });
            });
        setting.lever().apply(*m_world, setting, m_state);
        m_isExact &= !isRepeated || !setting.lever().replaysCaches;
        if (keepsCaches)
            m_cachesOf.push_back(setting);
        repriceShortened();
        const MoneySum saving = MoneySum::ofPicodollars(m_state.begin());
        if (const std::int64_t fell = m_state.callsBelowMinimum() - below; fell > 0)
            m_state.warn("%1 prompts fall below the provider's cache minimum and are no longer read from the cache: "
                         "counted.",
                         {std::to_string(fell)});
        if (saving != MoneySum() && setting.lever().caution[0] != '\0')
            m_state.warn(setting.lever().caution);
        if (!setting.isNeutral() && setting.isOfNoCall())
            m_state.warn("“%1” is limited to calls of which there are none: it changes nothing.",
                         {setting.lever().title});
        steps.push_back({.lever = std::string(setting.lever().id), .place = places[next], .saving = saving});
    }
    return steps;
}

Result<Outcome> Replay::run(const std::vector<Setting>& settings, Detail detail, const StopToken& stop)
{
    Outcome outcome;
    outcome.steps =
        TRY(play(settings, detail == Detail::Money ? State::Caches::Repeat : State::Caches::ReplayAndKeep, stop));
    outcome.after = figures(detail);
    outcome.risks = m_state.risks();
    // As they were billed, others still read what was written by calls that are no more.
    const bool replaysCaches = std::any_of(settings.begin(), settings.end(), [](const Setting& setting) {
        return setting.lever().replaysCaches && !setting.isNeutral();
    });
    if (!replaysCaches)
        outcome.orphanedWrites = m_state.writesRemoved();
    outcome.repeatsCaches = !m_isExact;
    return outcome;
}

Result<MoneySum> Replay::saving(const std::vector<Setting>& settings, const StopToken& stop)
{
    MoneySum saving;
    for (const Step& step : TRY(play(settings, State::Caches::Replay, stop)))
        saving += step.saving;
    return saving;
}

Result<std::vector<CacheFit>> Replay::cacheFit(const Setting& caching, const StopToken& stop)
{
    TRY(play({caching}, State::Caches::Replay, stop));
    std::vector<CacheFit> all(m_world->features.size());
    for (std::uint32_t i = 0; i < m_world->calls.size(); ++i) {
        const WorldCall& call = m_world->calls[i];
        if (!caching.holds(i) || call.rates == none)
            continue;
        all[call.feature].reported += call.tokens[analysis::CacheRead];
        all[call.feature].predicted += m_state.tokensIn(analysis::CacheRead, i);
    }
    std::vector<CacheFit> fits;
    for (std::uint32_t feature = 0; feature < all.size(); ++feature)
        if (all[feature].reported > 0)
            fits.push_back({feature, all[feature].reported, all[feature].predicted});
    return fits;
}

} // namespace plumbline::simulation
