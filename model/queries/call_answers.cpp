// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/call_answers.h"

#include <algorithm>

#include "model/prices/rates.h"
#include "model/queries/call_rows.h"
#include "model/queries/snapshot.h"
#include "model/record/observation.h"
#include "model/record/observation_reader.h"
#include "model/store/external_id.h"

namespace plumbline {

namespace {

using queries::readCall;
using queries::selectCall;

Result<std::vector<std::string>> notBilledIn(const store::Database& database, std::int64_t trace)
{
    std::vector<std::string> lines;
    store::Statement query =
        TRY(database.prepare("SELECT observation.facts, unbilled.reason, unbilled.tokens FROM unbilled "
                             "JOIN observation ON observation.id = unbilled.observation "
                             "WHERE unbilled.trace = ? LIMIT 50"));
    store::NameReader names = TRY(store::NameReader::open(database));
    TRY(query.bind(trace));
    while (TRY(query.next())) {
        const std::string name = TRY(names.textOf(TRY(record::factsOf(query.text(0))).name));
        const std::string tokens =
            query.isNull(2) ? std::string("the same call") : std::to_string(query.integer(2)) + " tokens";
        lines.push_back(query.integer(1) == 0
                            ? "wrapper span “" + name + "” states " + tokens + " that the spans below it are billed for"
                            : "span “" + name + "” is another witness of " + tokens);
    }
    return lines;
}

/// `input 612 · output 96`, as the source named it.
Result<std::string> usageText(std::string_view packed, store::NameReader& names)
{
    std::string text;
    for (const auto& [part, tokens] : record::readReportedUsage(packed))
        text += (text.empty() ? "" : " · ") + TRY(names.textOf(part)) + " " + std::to_string(tokens);
    return text;
}

/// Why a source's figure differs, in the order of what explains most.
std::string differenceOf(const CallRow& call, UsageRule rule, bool isPriced)
{
    if (!call.reportedCost || !call.cost || *call.reportedCost == *call.cost)
        return {};
    const MoneySum difference = MoneySum(*call.reportedCost) - MoneySum(*call.cost);
    const bool isMore = difference.picodollars() > 0;
    const std::string amount = (isMore ? "+$" : "−$") + decimalText(isMore ? difference : MoneySum() - difference);
    if (isMore && (rule == UsageRule::InputIncludedCache || rule == UsageRule::BothIncluded))
        return "counted cached tokens twice: " + amount;
    if (isMore && rule == UsageRule::OutputIncludedReasoning)
        return "counted reasoning tokens twice: " + amount;
    if (!isMore && rule == UsageRule::ReasoningFromTotal)
        return "left reasoning tokens out: " + amount;
    return isPriced ? "other prices than this row's: " + amount : amount;
}

struct LineOfUsage
{
    const char* bucket;
    std::optional<TokenCount> units;
    Money rate;
    bool isPerRequest = false;
};

} // namespace

Result<CallList> Queries::calls(const Filter& filter, CallOrder order, std::size_t limit, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    queries::Selector selector = TRY(m_snapshot->selector(workspace));
    std::vector<std::uint32_t> rows = TRY(selector.rowsOf(filter, stop)).list();
    CallList list{.total = static_cast<std::int64_t>(rows.size())};
    const auto key = [&](std::uint32_t row) -> std::int64_t {
        switch (order) {
        case CallOrder::Newest:
            return table.started()[row];
        case CallOrder::Costliest:
            return table.cost()[row];
        case CallOrder::MostTokens:
            return table.input(row) + table.output(row);
        case CallOrder::Slowest:
            return table.latency()[row];
        }
        return 0;
    };
    const std::size_t count = std::min(limit, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          const std::int64_t keyA = key(a);
                          const std::int64_t keyB = key(b);
                          return keyA != keyB ? keyA > keyB : a > b;
                      });
    store::Statement query = TRY(workspace.database().prepare(selectCall));
    for (std::size_t i = 0; i < count; ++i)
        if (auto row = TRY(readCall(query, CallId(table.ids()[rows[i]])))) {
            if (ledger.isKnown(rows[i]))
                ledger.add(table, rows[i], row->ledger.emplace());
            list.rows.push_back(std::move(*row));
        }
    return list;
}

Result<CostExplanation> Queries::explain(CallId call, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const store::Database& database = workspace.database();
    CostExplanation answer;
    std::int64_t trace = 0;
    {
        store::Statement query = TRY(database.prepare(selectCall));
        auto row = TRY(readCall(query, call));
        if (!row)
            return fail(ErrorKind::NotFound, "there is no call " + std::to_string(static_cast<std::int64_t>(call)));
        answer.call = std::move(*row);
        trace = query.integer(22);
    }
    store::Statement facts = TRY(database.prepare(
        "SELECT origin.rule, origin.price, origin.feature_rule, price.description, price.input, price.output, "
        "price.cache_read, price.cache_write_5m, price.cache_write_1h, price.audio, price.search, "
        "origin.flags FROM call JOIN origin ON origin.id = call.origin LEFT JOIN price ON price.id = origin.price "
        "WHERE call.id = ?"));
    TRY(facts.bind(static_cast<std::int64_t>(call)));
    if (!TRY(facts.next()))
        return fail(ErrorKind::NotFound, "there is no call " + std::to_string(static_cast<std::int64_t>(call)));
    const auto rule = static_cast<UsageRule>(facts.integer(0));
    const bool isPriced = !facts.isNull(1);
    answer.rule = describe(rule);
    if (facts.integer(11) & record::UsageMayBeEstimated)
        answer.rule += "; the figures may be an estimate of the vendor's tokenizer";
    if (isPriced) {
        answer.priceRow = facts.text(3);
        const auto rate = [&](int column) { return Money(facts.integer(column)); };
        const Usage& usage = answer.call.usage;
        std::optional<TokenCount> text = usage.uncachedInput;
        if (text && usage.audioInput)
            text = std::max<TokenCount>(0, *text - *usage.audioInput);
        for (const LineOfUsage& line :
             {LineOfUsage{"Uncached input", text, rate(4)}, LineOfUsage{"Audio input", usage.audioInput, rate(9)},
              LineOfUsage{"Cache read", usage.cacheRead, rate(6)},
              LineOfUsage{"Cache write, 5 min", usage.cacheWrite5m, rate(7)},
              LineOfUsage{"Cache write, 1 h", usage.cacheWrite1h, rate(8)},
              LineOfUsage{"Visible output", usage.visibleOutput, rate(5)},
              LineOfUsage{"Reasoning", usage.reasoning, rate(5)},
              LineOfUsage{"Web searches", usage.webSearches, rate(10), true}})
            if (line.units)
                answer.lines.push_back({line.bucket, *line.units, line.rate,
                                        Money(*line.units * line.rate.picodollars()), line.isPerRequest});
    }
    if (!answer.call.cost) {
        if (!answer.call.usage.isKnown())
            answer.whyNoCost = "the source gave no usage for this call";
        else if (answer.call.model.empty())
            answer.whyNoCost = "the source names no model";
        else if (!answer.call.usage.input())
            answer.whyNoCost = "the source does not say how many input tokens it had";
        else
            answer.whyNoCost = "no price is known for the model " + answer.call.model;
    }
    answer.difference = differenceOf(answer.call, rule, isPriced);
    if (const auto index = facts.optionalInteger(2)) {
        FeatureRules rules = defaultFeatureRules();
        if (const auto text = TRY(workspace.setting(store::setting::featureRules)))
            rules = TRY(featureRulesFromText(*text));
        if (*index >= 0 && static_cast<std::size_t>(*index) < rules.size())
            answer.featureRule = textOf(rules[static_cast<std::size_t>(*index)]);
    }
    answer.notBilled = TRY(notBilledIn(database, trace));

    // The witnesses of the span: what the usage came as, and from where.
    store::Statement witnesses =
        TRY(database.prepare("SELECT other.facts, import.name FROM observation AS own JOIN observation AS other ON "
                             "other.trace = own.trace AND other.span = own.span "
                             "JOIN import ON import.id = other.import WHERE own.id = ? ORDER BY other.id"));
    store::NameReader names = TRY(store::NameReader::open(database));
    TRY(witnesses.bind(static_cast<std::int64_t>(call)));
    while (TRY(witnesses.next())) {
        if (answer.usageCameAs.empty())
            answer.usageCameAs = TRY(usageText(TRY(record::factsOf(witnesses.text(0))).reportedUsage, names));
        std::string name(witnesses.text(1));
        if (std::find(answer.sources.begin(), answer.sources.end(), name) == answer.sources.end())
            answer.sources.push_back(std::move(name));
    }
    return answer;
}

Result<CallId> Queries::callNamed(const std::string& text, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const store::Database& database = workspace.database();
    const std::string packed = store::packedId(text);
    // A span's id, then a trace's, then the call's own number.
    store::Statement bySpan =
        TRY(database.prepare("SELECT call.id FROM observation AS any JOIN observation AS own ON own.trace = any.trace "
                             "AND own.span = any.span JOIN call ON call.id = own.id WHERE any.span = ? LIMIT 1"));
    TRY(bySpan.bind(store::Blob{packed}));
    if (TRY(bySpan.next()))
        return CallId(bySpan.integer(0));
    store::Statement byTrace = TRY(database.prepare("SELECT id FROM trace WHERE key = ?"));
    TRY(byTrace.bind(store::keyOfId(workspace.hasher(), packed)));
    if (TRY(byTrace.next())) {
        const std::int64_t trace = byTrace.integer(0);
        const CallTable& table = m_snapshot->table;
        const std::uint32_t code = table.column(CallTable::Trace).codeOf(trace);
        std::vector<std::int64_t> ids;
        for (std::size_t row = 0; code != 0 && row < table.size(); ++row)
            if (table.column(CallTable::Trace).codes()[row] == code)
                ids.push_back(table.ids()[row]);
        if (ids.size() == 1)
            return CallId(ids[0]);
        if (!ids.empty()) {
            std::string list;
            for (const std::int64_t id : ids)
                list += (list.empty() ? "" : ", ") + std::to_string(id);
            return fail(ErrorKind::NotFound, "that trace has " + std::to_string(ids.size()) + " calls: " + list);
        }
    }
    const bool isNumber =
        !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == std::string::npos;
    if (isNumber) {
        store::Statement byNumber = TRY(database.prepare("SELECT id FROM call WHERE id = ?"));
        TRY(byNumber.bind(static_cast<std::int64_t>(std::stoll(text))));
        if (TRY(byNumber.next()))
            return CallId(byNumber.integer(0));
    }
    return fail(ErrorKind::NotFound, "no call, span or trace is called '" + text + "'");
}

} // namespace plumbline
