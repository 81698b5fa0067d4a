// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/policy_answers.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "model/queries/call_rows.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

using queries::DimensionCodes;
using queries::Selector;

/// Reads the figures that limits are on off the columns.
class CallFigures
{
public:
    CallFigures(const CallTable& table, const LedgerTable& ledger) : m_table(&table), m_ledger(&ledger) {}

    /// Empty: nobody says. Of the waste ratio, which is none of a call, always.
    std::optional<double> of(const PolicyLimit& limit, std::size_t row) const
    {
        const unsigned known = m_table->knownOf(row);
        const auto input = static_cast<double>(m_table->input(row));
        switch (limit.figure) {
        case PolicyFigure::InputTokens:
            return known & CallTable::Input ? std::optional(input) : std::nullopt;
        case PolicyFigure::OutputTokens:
            return known & CallTable::Output ? std::optional(static_cast<double>(m_table->output(row))) : std::nullopt;
        case PolicyFigure::CostPerCall:
            return known & CallTable::Cost ? std::optional(MoneySum(Money(m_table->cost()[row])).dollars())
                                           : std::nullopt;
        case PolicyFigure::WindowShare: {
            const std::int64_t window = m_table->originFacts()[m_table->origins()[row]].window;
            return window > 0 && known & CallTable::Input ? std::optional(input / static_cast<double>(window))
                                                          : std::nullopt;
        }
        case PolicyFigure::SegmentTokens:
            return m_ledger->shapeOf(row)
                       ? std::optional<double>(m_ledger->segmentsOf(row)[static_cast<std::size_t>(limit.segment)])
                       : std::nullopt;
        case PolicyFigure::HistoryTurns:
            if (const auto shape = m_ledger->shapeOf(row))
                return shape->historyTurns;
            return {};
        case PolicyFigure::Documents:
            if (const auto shape = m_ledger->shapeOf(row))
                return shape->documents;
            return {};
        case PolicyFigure::WasteRatio:
            break;
        }
        return {};
    }

private:
    const CallTable* m_table;
    const LedgerTable* m_ledger;
};

/// `gpt-5*` allows what begins so.
bool isAllowed(const std::string& model, const std::vector<std::string>& models)
{
    return std::any_of(models.begin(), models.end(), [&](const std::string& allowed) {
        return !allowed.empty() && allowed.back() == '*'
                   ? model.compare(0, allowed.size() - 1, allowed, 0, allowed.size() - 1) == 0
                   : model == allowed;
    });
}

/// The calls of a feature against its rule, while they are counted.
struct FeatureCheck
{
    std::string name = {};
    const PolicyRule* rule = nullptr;
    LedgerSums ledger = {};
    struct Count
    {
        std::optional<double> worst = {};
        std::size_t worstRow = 0;
        std::int64_t broken = 0, unknown = 0;
    };
    std::vector<Count> counts = {}; ///< by limit
    Count models = {};
    std::uint32_t forbidden = 0; ///< code of a model that is not allowed
};

bool isTooMany(std::int64_t broken, std::int64_t calls, double allowedShare)
{
    // 0.29 of 100 calls are 29, also in binary fractions.
    return static_cast<double>(broken) > allowedShare * static_cast<double>(calls) + 1e-9;
}

} // namespace

Result<PolicyAnswer> Queries::check(const Policy& policy, const Filter& filter, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    Selector selector = TRY(m_snapshot->selector(workspace));
    DimensionCodes features, models;
    TRY(selector.layOut({Dimension::Feature, {}}, features, stop));
    TRY(selector.layOut({Dimension::Model, {}}, models, stop));
    const queries::RowSet rows = TRY(selector.rowsOf(filter, stop));
    const PolicyRule* others = nullptr;
    std::map<std::string, const PolicyRule*> ruleOf;
    for (const PolicyRule& rule : policy.rules) {
        if (rule.features.empty())
            others = &rule;
        for (const std::string& feature : rule.features)
            ruleOf[feature] = &rule;
    }

    std::map<std::uint32_t, FeatureCheck> checks;
    std::map<std::pair<const PolicyRule*, std::uint32_t>, bool> allowed;
    const CallFigures figures(table, ledger);
    PolicyAnswer answer;
    Result<> problem;
    rows.forEach([&](std::size_t row) {
        if (!problem)
            return;
        if (++answer.calls % 65'536 == 0)
            problem = stop.check();
        answer.callsWaiting += !ledger.isKnown(row);
        const std::uint32_t code = features.codeOf(row);
        const auto [at, isNew] = checks.try_emplace(code);
        FeatureCheck& check = at->second;
        if (isNew) {
            auto label = selector.labelOf(features, code);
            if (!label) {
                problem = tl::unexpected(label.error());
                return;
            }
            check.name = *label;
            const auto named = ruleOf.find(check.name);
            check.rule = named == ruleOf.end() ? others : named->second;
            check.counts.resize(check.rule ? check.rule->limits.size() : 0);
        }
        ledger.add(table, row, check.ledger);
        if (!check.rule)
            return;
        for (std::size_t i = 0; i < check.counts.size(); ++i) {
            const PolicyLimit& limit = check.rule->limits[i];
            if (limit.figure == PolicyFigure::WasteRatio)
                continue;
            FeatureCheck::Count& count = check.counts[i];
            const std::optional<double> figure = figures.of(limit, row);
            count.unknown += !figure;
            count.broken += figure && *figure > limit.most;
            if (figure && (!count.worst || *figure > *count.worst)) {
                count.worst = figure;
                count.worstRow = row;
            }
        }
        if (check.rule->models.empty())
            return;
        const std::uint32_t model = models.codeOf(row);
        const auto [known, isUnasked] = allowed.try_emplace({check.rule, model});
        if (isUnasked) {
            auto label = selector.labelOf(models, model);
            if (!label) {
                problem = tl::unexpected(label.error());
                return;
            }
            known->second = isAllowed(*label, check.rule->models);
        }
        if (!known->second) {
            ++check.models.broken;
            check.forbidden = model;
        }
    });
    TRY(problem);

    std::vector<const FeatureCheck*> order;
    for (const auto& [code, check] : checks)
        order.push_back(&check);
    std::stable_sort(order.begin(), order.end(),
                     [](const FeatureCheck* a, const FeatureCheck* b) { return a->ledger.bill > b->ledger.bill; });
    store::Statement select = TRY(workspace.database().prepare(queries::selectCall));
    for (const FeatureCheck* check : order) {
        ruleOf.erase(check->name);
        if (!check->rule) {
            answer.withoutRule.push_back(check->name);
            continue;
        }
        const double share = check->rule->allowedShare;
        for (std::size_t i = 0; i < check->counts.size(); ++i) {
            const PolicyLimit& limit = check->rule->limits[i];
            const FeatureCheck::Count& count = check->counts[i];
            PolicyCheck line{.feature = check->name,
                             .limit = nameOf(limit),
                             .most = limit.most,
                             .worst = count.worst,
                             .calls = check->ledger.calls,
                             .broken = count.broken,
                             .unknown = count.unknown};
            if (limit.figure == PolicyFigure::WasteRatio) {
                line.unknown = check->ledger.callsWaiting;
                if (check->ledger.callsAnalysed() > 0 && check->ledger.bill > MoneySum())
                    line.worst = check->ledger.waste.dollars() / check->ledger.bill.dollars();
                line.isBroken = line.worst && *line.worst > limit.most;
            } else {
                line.isBroken = isTooMany(count.broken, check->ledger.calls, share);
                if (count.broken > 0)
                    if (const auto row = TRY(queries::readCall(select, CallId(table.ids()[count.worstRow]))))
                        line.worstCall = row->traceId;
            }
            answer.needsAnalysis |=
                limit.figure == PolicyFigure::WasteRatio || limit.figure == PolicyFigure::SegmentTokens ||
                limit.figure == PolicyFigure::HistoryTurns || limit.figure == PolicyFigure::Documents;
            answer.checks.push_back(std::move(line));
        }
        if (!check->rule->models.empty())
            answer.checks.push_back(
                {.feature = check->name,
                 .limit = "models",
                 .calls = check->ledger.calls,
                 .broken = check->models.broken,
                 .isBroken = isTooMany(check->models.broken, check->ledger.calls, share),
                 .worstCall = check->models.broken > 0 ? TRY(selector.labelOf(models, check->forbidden)) : ""});
    }
    for (const auto& [feature, rule] : ruleOf)
        answer.withoutCalls.push_back(feature);
    std::stable_partition(answer.checks.begin(), answer.checks.end(),
                          [](const PolicyCheck& check) { return check.isBroken; });
    return answer;
}

namespace {

/// The next number of two digits: limits are to be read by people.
double roundedUp(double value)
{
    if (value <= 0)
        return 0;
    const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
    // What is a hair above for the sake of binary fractions is no next number.
    return std::ceil(value / unit - 1e-9) * unit;
}

/// The same as the shortest decimal that is not below it.
double asDecimal(double value)
{
    constexpr double places = 1e9;
    return std::round(value * places) / places;
}

} // namespace

Result<Policy> Queries::suggestPolicy(const Filter& filter, const StopToken& stop) const
{
    constexpr double allowedShare = 0.01;
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(connection.workspace(), stop));
    Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    const Breakdown byFeature =
        TRY(breakdown({.filter = filter, .by = {{Dimension::Feature, {}}}, .wantsLedger = true}, stop));
    const CallFigures figures(table, ledger);
    Policy policy;
    for (const BreakdownRow& feature : byFeature.rows) {
        Filter own = filter;
        own.conditions.push_back({.of = {Dimension::Feature, {}}, .values = {feature.keys.front()}});
        const queries::RowSet rows = TRY(selector.rowsOf(own, stop));
        PolicyRule rule{.features = {feature.keys.front()}, .allowedShare = allowedShare};
        const auto suggest = [&](PolicyLimit limit) {
            std::vector<double> values;
            rows.forEach([&](std::size_t row) {
                if (const auto figure = figures.of(limit, row))
                    values.push_back(*figure);
            });
            if (values.empty())
                return;
            // So many of all calls may lie above it: those of which nobody says lie above nothing.
            const auto above =
                static_cast<std::size_t>(allowedShare * static_cast<double>(feature.measures.calls) + 1e-9);
            const std::size_t place = values.size() - 1 - std::min(above, values.size() - 1);
            std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
            limit.most = asDecimal(roundedUp(values[place]));
            if (limit.most >= values[place])
                rule.limits.push_back(limit);
        };
        for (const PolicyFigure figure :
             {PolicyFigure::InputTokens, PolicyFigure::HistoryTurns, PolicyFigure::Documents,
              PolicyFigure::OutputTokens, PolicyFigure::CostPerCall, PolicyFigure::WindowShare})
            suggest({.figure = figure});
        for (std::size_t i = 0; i < inputSegmentCount; ++i)
            // What nobody knows the use of is no one's to limit.
            if (feature.ledger->segments[i] > 0 && static_cast<Segment>(i) != Segment::Other)
                suggest({.figure = PolicyFigure::SegmentTokens, .segment = static_cast<Segment>(i)});
        if (feature.ledger->callsAnalysed() > 0 && feature.ledger->bill > MoneySum()) {
            const double ratio = feature.ledger->waste.dollars() / feature.ledger->bill.dollars();
            rule.limits.push_back({.figure = PolicyFigure::WasteRatio, .most = std::ceil(ratio * 100) / 100});
        }
        const Breakdown byModel = TRY(breakdown({.filter = own, .by = {{Dimension::Model, {}}}}, stop));
        for (const BreakdownRow& model : byModel.rows)
            rule.models.push_back(model.keys.front());
        std::sort(rule.models.begin(), rule.models.end());
        policy.rules.push_back(std::move(rule));
        TRY(stop.check());
    }
    return policy;
}

} // namespace plumbline
