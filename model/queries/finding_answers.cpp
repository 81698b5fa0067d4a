// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "model/analysis/drain.h"
#include "model/analysis/drain_settings.h"
#include "model/analysis/evidence_json.h"
#include "model/analysis/repeated_lines.h"
#include "model/queries/call_rows.h"
#include "model/queries/drain_answers.h"
#include "model/queries/groups.h"
#include "model/queries/mutes.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

constexpr int daysOfMonth = 30;

/// What a call wastes by one drain.
struct Waste
{
    std::uint32_t row = 0;
    TokenCount tokens = 0;
    std::int64_t money = 0;
    Confidence confidence = Confidence::Beside;
};

MoneySum perMonth(MoneySum money, std::int64_t days)
{
    return MoneySum::ofPicodollars(money.picodollars() * daysOfMonth / std::max<std::int64_t>(1, days));
}

/// Money of one drain in one feature, by local day.
Result<std::map<std::int64_t, MoneySum>> moneyByDay(const store::Database& database, std::int64_t feature,
                                                    const std::string& drain)
{
    std::map<std::int64_t, MoneySum> days;
    store::Statement query = TRY(database.prepare("SELECT day, cost_dollars, cost_picodollars FROM daily_waste "
                                                  "WHERE feature = ? AND drain = ? AND confidence <> 3"));
    TRY(query.bind(feature, drain));
    while (TRY(query.next()))
        days[query.integer(0)] += MoneySum::ofPicodollars(
            static_cast<MoneySum::Integer>(query.integer(1)) * 1'000'000'000'000 + query.integer(2));
    return days;
}

/// What drains a month, over the days before `fixed` (at most thirty) and since then.
struct BeforeAndAfter
{
    MoneySum before = {}, after = {};
    std::int64_t daysSince = 0;
};

BeforeAndAfter around(const std::map<std::int64_t, MoneySum>& days, std::int64_t fixedDay, std::int64_t firstDay,
                      std::int64_t lastDay)
{
    BeforeAndAfter result;
    MoneySum before, after;
    for (const auto& [day, money] : days) {
        if (day >= fixedDay)
            after += money;
        else if (day >= fixedDay - daysOfMonth)
            before += money;
    }
    const std::int64_t daysBefore = std::min<std::int64_t>(daysOfMonth, fixedDay - firstDay);
    result.daysSince = std::max<std::int64_t>(0, lastDay - fixedDay + 1);
    result.before = daysBefore > 0 ? perMonth(before, daysBefore) : MoneySum();
    result.after = result.daysSince > 0 ? perMonth(after, result.daysSince) : MoneySum();
    return result;
}

/// What is known of one finding beside its claims.
class Notes
{
public:
    Notes(const store::Database& database, const CallTable& table, const ReportingCalendar& calendar)
        : m_database(&database), m_table(&table), m_calendar(&calendar)
    {
    }

    Result<FindingState> of(std::int64_t feature, const std::string& name, const std::string& drain)
    {
        FindingState state;
        const std::map<std::int64_t, MoneySum> days = TRY(moneyByDay(*m_database, feature, drain));
        const std::int64_t firstDay = dayOf(m_table->started().front()), lastDay = dayOf(m_table->started().back());
        if (!days.empty()) {
            // New is what began lately, in data that reach further back.
            constexpr std::int64_t newFor = 14;
            const std::int64_t began = days.begin()->first;
            state.firstSeen = m_calendar->startOfDay(static_cast<std::int32_t>(began));
            // What drains a month as of now: as before a fix tomorrow.
            state.perMonth = around(days, lastDay + 1, firstDay, lastDay).before;
            if (lastDay - began < newFor && began - firstDay >= newFor)
                state.state = FindingState::State::New;
        }
        store::Statement query = TRY(m_database->prepare(
            "SELECT state, reason, noted, fixed, promised_dollars, promised_picodollars, feature FROM finding_note "
            "WHERE drain = ? AND feature IN (?, '') ORDER BY feature DESC LIMIT 1"));
        TRY(query.bind(drain, name));
        if (!TRY(query.next()))
            return state;
        state.state = query.text(0) == "fixed" ? FindingState::State::Fixed : FindingState::State::Muted;
        state.isEverywhere = query.text(6).empty();
        state.reason = query.text(1);
        state.noted = Timestamp(query.integer(2));
        if (query.isNull(3))
            return state;
        state.fixed = Timestamp(query.integer(3));
        if (!query.isNull(4))
            state.promised = MoneySum::ofPicodollars(
                static_cast<MoneySum::Integer>(query.integer(4)) * 1'000'000'000'000 + query.integer(5));
        const BeforeAndAfter rates = around(days, dayOf(query.integer(3)), firstDay, lastDay);
        state.daysSince = rates.daysSince;
        if (rates.daysSince > 0)
            state.realised = rates.before - rates.after;
        return state;
    }

private:
    std::int64_t dayOf(std::int64_t time) const { return m_calendar->dayOf(Timestamp(time)); }

    const store::Database* m_database;
    const CallTable* m_table;
    const ReportingCalendar* m_calendar;
};

Result<Evidence> linesSaidAgain(const Queries& queries, CallId call, const StopToken& stop)
{
    const PromptAnswer prompt = TRY(queries.promptOf(call, stop));
    std::string instructions;
    for (const PromptBlock& block : prompt.blocks)
        if (block.text && (block.role == BlockRole::System || block.role == BlockRole::Developer) &&
            block.kind == BlockKind::Text)
            instructions += *block.text + '\n';
    return repeatedLinesOf(instructions);
}

} // namespace

Result<DrainThresholds> Queries::drainThresholds(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return plumbline::drainThresholds(connection.workspace());
}

Result<FindingAnswer> Queries::finding(const FindingQuestion& question, const StopToken& stop) const
{
    const auto drain = drainNumberOf(question.drain);
    if (!drain)
        return fail(ErrorKind::Usage, "there is no drain '" + question.drain + "'");
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const store::Database& database = workspace.database();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    queries::Selector selector = TRY(m_snapshot->selector(workspace));
    const queries::RowSet rows = TRY(selector.rowsOf(question.filter, stop));

    const queries::Mutes mutes = TRY(queries::Mutes::read(workspace, table));
    const auto isHidden = [&](std::size_t row, const Claim& claim) {
        return (claim.confidence != Confidence::Beside && claim.confidence > question.least) ||
               (!question.wantsMuted && mutes.hides(table, row, claim));
    };
    FindingAnswer answer;
    std::array<DrainCell, confidenceCount> sums{};
    std::vector<Waste> wasteful;
    std::map<std::uint32_t, MoneySum> byFeature; // code of the feature
    const std::vector<std::uint32_t>& features = table.column(CallTable::Feature).codes();
    std::int64_t first = 0, last = 0;
    rows.forEach([&](std::size_t row) {
        if (answer.calls++ == 0)
            first = table.started()[row];
        last = table.started()[row];
        answer.inputTokens += table.input(row);
        ledger.add(table, row, answer.ledger);
        Waste waste{.row = static_cast<std::uint32_t>(row)};
        std::array<bool, confidenceCount> counted{};
        bool isAny = false;
        for (const Claim& claim : ledger.claimsOf(row)) {
            if (claim.drain != *drain || isHidden(row, claim))
                continue;
            isAny = true;
            DrainCell& cell = sums[static_cast<std::size_t>(claim.confidence)];
            cell.calls += !std::exchange(counted[static_cast<std::size_t>(claim.confidence)], true);
            cell.tokens += claim.tokens;
            cell.cached += claim.cached;
            cell.money += Money(claim.money);
            waste.tokens += claim.tokens;
            waste.money += claim.money;
            waste.confidence = std::min(waste.confidence, claim.confidence);
            byFeature[features[table.origins()[row]]] += Money(claim.money);
        }
        if (!isAny)
            return;
        ++answer.callsAffected;
        wasteful.push_back(waste);
    });
    TRY(stop.check());
    for (std::size_t i = 0; i < confidenceCount; ++i) {
        if (sums[i].calls == 0)
            continue;
        sums[i].confidence = static_cast<Confidence>(i);
        answer.byConfidence.push_back(sums[i]);
        answer.money += sums[i].money;
        answer.tokens += sums[i].tokens;
        answer.cached += sums[i].cached;
    }
    const Period span = question.filter.period.value_or(Period{Timestamp(first), Timestamp(last)});
    // A month that is not over yet ends with its last call.
    const std::int64_t end = std::min(span.end.microseconds(), table.size() ? table.started().back() + 1 : 0);
    const std::int64_t begin = std::max(span.first.microseconds(), table.size() ? table.started().front() : 0);
    answer.moneyPerMonth = perMonth(answer.money, (end - begin + microsecondsPerDay - 1) / microsecondsPerDay);

    const std::size_t count = std::min(question.limit, wasteful.size());
    std::partial_sort(
        wasteful.begin(), wasteful.begin() + static_cast<std::ptrdiff_t>(count), wasteful.end(),
        [](const Waste& a, const Waste& b) {
            return a.money != b.money ? a.money > b.money : a.tokens != b.tokens ? a.tokens > b.tokens : a.row < b.row;
        });
    store::Statement query = TRY(database.prepare(queries::selectCall));
    for (std::size_t i = 0; i < count; ++i)
        if (auto row = TRY(queries::readCall(query, CallId(table.ids()[wasteful[i].row]))))
            answer.worst.push_back(
                {std::move(*row), wasteful[i].tokens, Money(wasteful[i].money), wasteful[i].confidence});

    if (allDrains()[*drain].id == "system-prompt-excess" && !answer.worst.empty())
        answer.lines = TRY(linesSaidAgain(*this, answer.worst.front().call.id, stop));

    std::vector<std::pair<std::uint32_t, MoneySum>> order(byFeature.begin(), byFeature.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    store::Statement findings = TRY(database.prepare("SELECT evidence FROM finding WHERE feature = ? AND drain = ?"));
    store::NameReader names = TRY(store::NameReader::open(database));
    Notes notes(database, table, m_snapshot->calendar);
    constexpr std::size_t mostFeatures = 50;
    for (const auto& [code, money] : order) {
        if (answer.evidence.size() == mostFeatures)
            break;
        const std::int64_t feature = table.column(CallTable::Feature).idOf(code);
        const std::string name = feature ? TRY(names.textOf(feature)) : std::string(missingValue(Dimension::Feature));
        TRY(findings.bind(feature, question.drain));
        if (TRY(findings.next())) {
            answer.evidence.emplace_back(name, evidenceFromJson(findings.text(0)));
            answer.states.emplace_back(name, TRY(notes.of(feature, name, question.drain)));
        }
        findings.reset();
    }
    return answer;
}

} // namespace plumbline
