// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/flame.h"

#include <algorithm>
#include <map>

#include "model/queries/segment_costs.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

/// Sums of one step.
struct StepSums
{
    std::int64_t calls = 0;
    std::array<TokenCount, segmentCount> tokens = {};
    std::array<MoneySum, segmentCount> money = {};
};

void addTo(FlameNode& parent, FlameNode child)
{
    parent.calls += child.segment ? 0 : child.calls;
    parent.tokens += child.tokens;
    parent.money += child.money;
    parent.children.push_back(std::move(child));
}

void sortByMoney(FlameNode& node)
{
    std::stable_sort(node.children.begin(), node.children.end(), [](const FlameNode& a, const FlameNode& b) {
        return a.money != b.money ? a.money > b.money : a.tokens > b.tokens;
    });
    for (FlameNode& child : node.children)
        sortByMoney(child);
}

bool isSamePart(const FlameNode& a, const FlameNode& b)
{
    return a.segment == b.segment && a.name == b.name;
}

const FlameNode* partOf(const FlameNode& whole, const FlameNode& sought)
{
    const auto at = std::find_if(whole.children.begin(), whole.children.end(),
                                 [&](const FlameNode& child) { return isSamePart(child, sought); });
    return at == whole.children.end() ? nullptr : &*at;
}

} // namespace

void compareWith(FlameNode& now, const FlameNode& before)
{
    now.before = FlameBefore{.calls = before.calls, .tokens = before.tokens, .money = before.money};
    for (FlameNode& child : now.children) {
        const FlameNode* known = partOf(before, child);
        compareWith(child, known ? *known : FlameNode());
    }
    for (const FlameNode& child : before.children)
        if (!child.segment && !partOf(now, child))
            now.gone.push_back(child.name);
}

Result<FlameNode> Queries::flame(const Filter& filter, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    queries::Selector selector = TRY(m_snapshot->selector(workspace));
    const queries::RowSet rows = TRY(selector.rowsOf(filter, stop));
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    const PromptIndex& prompts = *TRY(m_snapshot->prompts(workspace, stop));
    const queries::SegmentCosts costs = TRY(queries::SegmentCosts::open(workspace, table, ledger, prompts));
    const auto& features = table.column(CallTable::Feature).codes();
    const auto& steps = table.column(CallTable::Step).codes();
    std::map<std::pair<std::uint32_t, std::uint32_t>, StepSums> sums;
    Result<> state;
    std::size_t count = 0;
    rows.forEach([&](std::size_t row) {
        constexpr std::size_t checkEvery = 65536;
        if (count++ % checkEvery == 0 && state)
            state = stop.check();
        if (!state)
            return;
        const std::uint32_t origin = table.origins()[row];
        StepSums& of = sums[{features[origin], steps[origin]}];
        ++of.calls;
        const auto parts = costs.of(row);
        for (std::size_t segment = 0; segment < segmentCount; ++segment) {
            of.tokens[segment] += parts[segment].tokens;
            of.money[segment] += Money(parts[segment].money);
        }
    });
    TRY(state);

    store::NameReader names = TRY(store::NameReader::open(workspace.database()));
    FlameNode root;
    FlameNode feature;
    std::uint32_t featureCode = 0;
    const auto finishFeature = [&] {
        if (!feature.children.empty())
            addTo(root, std::exchange(feature, {}));
    };
    for (const auto& [key, of] : sums) {
        if (key.first != featureCode)
            finishFeature();
        featureCode = key.first;
        feature.name = key.first == 0 ? std::string(missingValue(Dimension::Feature))
                                      : TRY(names.textOf(table.column(CallTable::Feature).idOf(key.first)));
        FlameNode step{.name = key.second == 0 ? std::string(missingValue(Dimension::Step))
                                               : TRY(names.textOf(table.column(CallTable::Step).idOf(key.second))),
                       .calls = of.calls};
        for (std::size_t segment = 0; segment < segmentCount; ++segment)
            if (of.tokens[segment] != 0 || of.money[segment] != MoneySum())
                addTo(step, {.segment = static_cast<Segment>(segment),
                             .calls = of.calls,
                             .tokens = of.tokens[segment],
                             .money = of.money[segment]});
        addTo(feature, std::move(step));
    }
    finishFeature();
    sortByMoney(root);
    return root;
}

} // namespace plumbline
