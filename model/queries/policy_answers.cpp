// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/policy_answers.h"

#include <algorithm>
#include <functional>
#include <map>

#include "model/core/filter_expression.h"
#include "model/queries/call_rows.h"
#include "model/queries/policy_figures.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

using queries::DimensionCodes;
using queries::Selector;

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

/// Counts what calls break.
class PolicyCounter
{
public:
    using Checks = std::map<std::uint32_t, FeatureCheck>; ///< by code of the feature
    /// The rule for a feature; null: none.
    using RuleFor = std::function<const PolicyRule*(const std::string&)>;

    PolicyCounter(const CallTable& table, const LedgerTable& ledger, Selector& selector)
        : m_table(table), m_ledger(ledger), m_selector(selector), m_figures(table, ledger)
    {
    }
    Result<> layOut(const StopToken& stop)
    {
        TRY(m_selector.layOut({Dimension::Feature, {}}, m_features, stop));
        return m_selector.layOut({Dimension::Model, {}}, m_models, stop);
    }

    Result<Checks> count(const queries::RowSet& rows, const RuleFor& ruleFor, const StopToken& stop)
    {
        Checks checks;
        Result<> problem;
        std::size_t seen = 0;
        rows.forEach([&](std::size_t row) {
            if (problem && ++seen % 65'536 == 0)
                problem = stop.check();
            if (problem)
                problem = count(row, ruleFor, checks);
        });
        TRY(problem);
        return checks;
    }
    Result<std::string> modelOf(std::uint32_t code) { return m_selector.labelOf(m_models, code); }

private:
    Result<> count(std::size_t row, const RuleFor& ruleFor, Checks& checks)
    {
        const std::uint32_t code = m_features.codeOf(row);
        const auto [at, isNew] = checks.try_emplace(code);
        FeatureCheck& check = at->second;
        if (isNew) {
            check.name = TRY(m_selector.labelOf(m_features, code));
            check.rule = ruleFor(check.name);
            check.counts.resize(check.rule ? check.rule->limits.size() : 0);
        }
        m_ledger.add(m_table, row, check.ledger);
        if (!check.rule)
            return {};
        for (std::size_t i = 0; i < check.counts.size(); ++i) {
            const PolicyLimit& limit = check.rule->limits[i];
            if (limit.figure == PolicyFigure::WasteRatio)
                continue;
            FeatureCheck::Count& count = check.counts[i];
            const std::optional<double> figure = m_figures.of(limit, row);
            count.unknown += !figure;
            count.broken += figure && *figure > limit.most;
            if (figure && (!count.worst || *figure > *count.worst)) {
                count.worst = figure;
                count.worstRow = row;
            }
        }
        if (check.rule->models.empty())
            return {};
        const std::uint32_t model = m_models.codeOf(row);
        const auto [known, isUnasked] = m_allowed.try_emplace({check.rule, model});
        if (isUnasked)
            known->second = isAllowed(TRY(modelOf(model)), check.rule->models);
        if (!known->second) {
            ++check.models.broken;
            check.forbidden = model;
        }
        return {};
    }

    const CallTable& m_table;
    const LedgerTable& m_ledger;
    Selector& m_selector;
    queries::CallFigures m_figures;
    DimensionCodes m_features, m_models;
    std::map<std::pair<const PolicyRule*, std::uint32_t>, bool> m_allowed;
};

/// Rules with a feature of their own, and the one for all others.
class RulesByFeature
{
public:
    explicit RulesByFeature(const Policy& policy)
    {
        for (const PolicyRule& rule : policy.rules) {
            if (!rule.where.empty())
                continue;
            if (rule.features.empty())
                m_others = &rule;
            for (const std::string& feature : rule.features)
                m_rules[feature] = &rule;
        }
    }
    const PolicyRule* of(const std::string& feature) const
    {
        const auto named = m_rules.find(feature);
        return named == m_rules.end() ? m_others : named->second;
    }

private:
    const PolicyRule* m_others = nullptr;
    std::map<std::string, const PolicyRule*> m_rules;
};

/// What the rules say of the calls that were counted, feature by feature, the dearest first.
class PolicyLines
{
public:
    PolicyLines(const CallTable& table, PolicyCounter& counter, store::Statement& select, PolicyAnswer& answer)
        : m_table(table), m_counter(counter), m_select(select), m_answer(answer)
    {
    }

    Result<> add(const PolicyCounter::Checks& checks)
    {
        std::vector<const FeatureCheck*> order;
        for (const auto& [code, check] : checks)
            if (check.rule)
                order.push_back(&check);
        std::stable_sort(order.begin(), order.end(),
                         [](const FeatureCheck* a, const FeatureCheck* b) { return a->ledger.bill > b->ledger.bill; });
        for (const FeatureCheck* check : order)
            TRY(add(*check));
        return {};
    }

private:
    Result<> add(const FeatureCheck& check)
    {
        const PolicyRule& rule = *check.rule;
        for (std::size_t i = 0; i < check.counts.size(); ++i) {
            const PolicyLimit& limit = rule.limits[i];
            const FeatureCheck::Count& count = check.counts[i];
            PolicyCheck line{.feature = check.name,
                             .where = expressionOf(rule.where),
                             .limit = nameOf(limit),
                             .most = limit.most,
                             .worst = count.worst,
                             .calls = check.ledger.calls,
                             .broken = count.broken,
                             .unknown = count.unknown};
            if (limit.figure == PolicyFigure::WasteRatio) {
                line.unknown = check.ledger.callsWaiting;
                if (check.ledger.callsAnalysed() > 0 && check.ledger.bill > MoneySum())
                    line.worst = check.ledger.waste.dollars() / check.ledger.bill.dollars();
                line.isBroken = line.worst && *line.worst > limit.most;
            } else {
                line.isBroken = isTooMany(count.broken, check.ledger.calls, rule.allowedShare);
                if (count.broken > 0)
                    if (const auto row = TRY(queries::readCall(m_select, CallId(m_table.ids()[count.worstRow]))))
                        line.worstCall = row->traceId;
            }
            m_answer.needsAnalysis |=
                limit.figure == PolicyFigure::WasteRatio || limit.figure == PolicyFigure::SegmentTokens ||
                limit.figure == PolicyFigure::HistoryTurns || limit.figure == PolicyFigure::Documents;
            m_answer.checks.push_back(std::move(line));
        }
        if (!rule.models.empty())
            m_answer.checks.push_back(
                {.feature = check.name,
                 .where = expressionOf(rule.where),
                 .limit = "models",
                 .calls = check.ledger.calls,
                 .broken = check.models.broken,
                 .isBroken = isTooMany(check.models.broken, check.ledger.calls, rule.allowedShare),
                 .worstCall = check.models.broken > 0 ? TRY(m_counter.modelOf(check.forbidden)) : ""});
        return {};
    }

    const CallTable& m_table;
    PolicyCounter& m_counter;
    store::Statement& m_select;
    PolicyAnswer& m_answer;
};

bool names(const PolicyCounter::Checks& checks, const std::string& feature)
{
    return std::any_of(checks.begin(), checks.end(), [&](const auto& check) { return check.second.name == feature; });
}

/// Features that a rule names and nothing was counted of.
void addWithoutCalls(const PolicyRule& rule, const PolicyCounter::Checks& checks, PolicyAnswer& answer)
{
    const std::string where = rule.where.empty() ? "" : " where " + expressionOf(rule.where);
    for (const std::string& feature : rule.features)
        if (!names(checks, feature))
            answer.withoutCalls.push_back(feature + where);
    if (rule.features.empty() && !rule.where.empty() && checks.empty())
        answer.withoutCalls.push_back("any feature" + where);
}

} // namespace

Result<PolicyAnswer> Queries::check(const Policy& policy, const Filter& filter, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    Selector selector = TRY(m_snapshot->selector(workspace));
    PolicyCounter counter(table, ledger, selector);
    TRY(counter.layOut(stop));
    PolicyAnswer answer;
    const queries::RowSet rows = TRY(selector.rowsOf(filter, stop));
    answer.calls = static_cast<std::int64_t>(rows.size());
    rows.forEach([&](std::size_t row) { answer.callsWaiting += !ledger.isKnown(row); });
    const RulesByFeature rules(policy);
    const PolicyCounter::Checks all = TRY(counter.count(
        rows, [&](const std::string& feature) { return rules.of(feature); }, stop));
    store::Statement select = TRY(workspace.database().prepare(queries::selectCall));
    PolicyLines lines(table, counter, select, answer);
    TRY(lines.add(all));
    for (const PolicyRule& rule : policy.rules) {
        if (rule.where.empty()) {
            addWithoutCalls(rule, all, answer);
            continue;
        }
        Filter narrower = filter;
        narrower.conditions.insert(narrower.conditions.end(), rule.where.begin(), rule.where.end());
        const auto ruleFor = [&](const std::string& feature) {
            const bool isNamed = rule.features.empty() ||
                                 std::find(rule.features.begin(), rule.features.end(), feature) != rule.features.end();
            return isNamed ? &rule : nullptr;
        };
        PolicyCounter::Checks checks = TRY(counter.count(TRY(selector.rowsOf(narrower, stop)), ruleFor, stop));
        std::erase_if(checks, [](const auto& check) { return !check.second.rule; });
        TRY(lines.add(checks));
        addWithoutCalls(rule, checks, answer);
    }
    std::vector<const FeatureCheck*> unruled;
    for (const auto& [code, check] : all)
        if (std::none_of(answer.checks.begin(), answer.checks.end(),
                         [&, &of = check](const PolicyCheck& line) { return line.feature == of.name; }))
            unruled.push_back(&check);
    std::stable_sort(unruled.begin(), unruled.end(),
                     [](const FeatureCheck* a, const FeatureCheck* b) { return a->ledger.bill > b->ledger.bill; });
    for (const FeatureCheck* check : unruled)
        answer.withoutRule.push_back(check->name);
    std::stable_partition(answer.checks.begin(), answer.checks.end(),
                          [](const PolicyCheck& check) { return check.isBroken; });
    return answer;
}

} // namespace plumbline
