// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spend/closed_months.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace plumbline::spend {

namespace {

using nlohmann::json;

/// Picodollars as text: JSON's numbers end at 2^53.
std::string digitsOf(MoneySum sum)
{
    const bool isNegative = sum.picodollars() < 0;
    auto value = static_cast<unsigned __int128>(isNegative ? -sum.picodollars() : sum.picodollars());
    std::string digits;
    do {
        digits += static_cast<char>('0' + static_cast<int>(value % 10));
        value /= 10;
    } while (value != 0);
    if (isNegative)
        digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

/// Reads a snapshot; what is not as it was written is remembered, and nothing of it is used.
class Reader
{
public:
    bool isWrong() const { return m_isWrong; }

    const json& at(const json& object, const char* word, json::value_t type)
    {
        static const json nothing;
        const auto value = object.is_object() ? object.find(word) : object.end();
        if (!object.is_object() || value == object.end() || value->type() != type) {
            m_isWrong = true;
            return nothing;
        }
        return *value;
    }
    std::string text(const json& object, const char* word)
    {
        const json& value = at(object, word, json::value_t::string);
        return value.is_string() ? value.get<std::string>() : std::string();
    }
    std::int64_t number(const json& object, const char* word)
    {
        const auto value = object.is_object() ? object.find(word) : object.end();
        if (!object.is_object() || value == object.end() || !value->is_number_integer()) {
            m_isWrong = true;
            return 0;
        }
        return value->get<std::int64_t>();
    }
    double real(const json& object, const char* word)
    {
        const auto value = object.is_object() ? object.find(word) : object.end();
        if (!object.is_object() || value == object.end() || !value->is_number()) {
            m_isWrong = true;
            return 0;
        }
        return value->get<double>();
    }
    MoneySum moneyOf(const std::string& digits)
    {
        constexpr std::size_t mostDigits = 37;
        MoneySum::Integer sum = 0;
        const bool isNegative = !digits.empty() && digits[0] == '-';
        const std::string_view figures = std::string_view(digits).substr(isNegative);
        if (figures.empty() || figures.size() > mostDigits ||
            figures.find_first_not_of("0123456789") != std::string_view::npos) {
            m_isWrong = true;
            return {};
        }
        for (const char digit : figures)
            sum = sum * 10 + (digit - '0');
        return MoneySum::ofPicodollars(isNegative ? -sum : sum);
    }
    MoneySum money(const json& object, const char* word) { return moneyOf(text(object, word)); }
    const json& list(const json& object, const char* word) { return at(object, word, json::value_t::array); }

    /// As many whole numbers, or sums of money, as there are buckets.
    void numbers(const json& object, const char* word, std::array<TokenCount, billedBuckets>& into)
    {
        const json& all = list(object, word);
        m_isWrong |= all.size() != into.size();
        for (std::size_t i = 0; i < std::min(all.size(), into.size()); ++i)
            all[i].is_number_integer() ? void(into[i] = all[i].get<std::int64_t>()) : void(m_isWrong = true);
    }
    void sums(const json& object, const char* word, std::array<MoneySum, billedBuckets>& into)
    {
        const json& all = list(object, word);
        m_isWrong |= all.size() != into.size();
        for (std::size_t i = 0; i < std::min(all.size(), into.size()); ++i)
            all[i].is_string() ? void(into[i] = moneyOf(all[i].get<std::string>())) : void(m_isWrong = true);
    }
    void refuse() { m_isWrong = true; }

private:
    bool m_isWrong = false;
};

json jsonOf(const ClosedStanding& standing)
{
    json object = {{"of", standing.scope.of},
                   {"value", standing.scope.value},
                   {"spent", digitsOf(standing.spent)},
                   {"warn_at", standing.warnAt}};
    if (standing.budget)
        object["budget"] = digitsOf(*standing.budget);
    return object;
}

ClosedStanding standingFrom(Reader& reader, const json& object)
{
    ClosedStanding standing{.scope = {.of = reader.text(object, "of"), .value = reader.text(object, "value")},
                            .spent = reader.money(object, "spent"),
                            .warnAt = reader.real(object, "warn_at")};
    if (object.is_object() && object.contains("budget"))
        standing.budget = reader.money(object, "budget");
    return standing;
}

json jsonOf(const VarianceSide& side)
{
    json cells = json::array(), traces = json::array();
    for (const VarianceCell& cell : side.cells) {
        json list = json::array();
        for (const MoneySum& sum : cell.list)
            list.push_back(digitsOf(sum));
        cells.push_back({{"feature", cell.feature},
                         {"model", cell.model},
                         {"calls", cell.calls},
                         {"tokens", cell.tokens},
                         {"list", std::move(list)},
                         {"cost", digitsOf(cell.cost)}});
    }
    for (const auto& [feature, count] : side.traces)
        traces.push_back({{"feature", feature}, {"traces", count}});
    return {{"cells", std::move(cells)}, {"traces", std::move(traces)}};
}

VarianceSide sideFrom(Reader& reader, const json& object)
{
    VarianceSide side;
    for (const json& of : reader.list(object, "cells")) {
        VarianceCell cell{.feature = reader.text(of, "feature"),
                          .model = reader.text(of, "model"),
                          .calls = reader.number(of, "calls"),
                          .cost = reader.money(of, "cost")};
        reader.numbers(of, "tokens", cell.tokens);
        reader.sums(of, "list", cell.list);
        side.cells.push_back(std::move(cell));
    }
    for (const json& of : reader.list(object, "traces"))
        side.traces.emplace_back(reader.text(of, "feature"), reader.number(of, "traces"));
    return side;
}

/// The whole numbers of a snapshot, by their words.
constexpr std::pair<const char*, std::int64_t ClosedFigures::*> counts[] = {
    {"calls", &ClosedFigures::calls},
    {"calls_without_usage", &ClosedFigures::callsWithoutUsage},
    {"unpriced_calls", &ClosedFigures::unpricedCalls},
    {"errors", &ClosedFigures::errors},
    {"input", &ClosedFigures::input},
    {"output", &ClosedFigures::output},
    {"cache_read", &ClosedFigures::cacheRead},
    {"traces", &ClosedFigures::traces},
    {"sessions", &ClosedFigures::sessions},
    {"users", &ClosedFigures::users}};

} // namespace

std::string toJson(const ClosedFigures& figures)
{
    json document = {{"plumbline_closed_month", 1},
                     {"zone", figures.zone},
                     {"month_start_day", figures.monthStartDay},
                     {"of_sessions", digitsOf(figures.ofSessions)},
                     {"of_users", digitsOf(figures.ofUsers)},
                     {"all", jsonOf(figures.all)},
                     {"side", jsonOf(figures.side)},
                     {"centres", json::array()},
                     {"budgets", json::array()},
                     {"traced", json::array()},
                     {"rates", json::array()}};
    for (const auto& [word, count] : counts)
        document[word] = figures.*count;
    for (const ClosedCentre& centre : figures.centres) {
        json object = jsonOf(centre.standing);
        object["calls"] = centre.calls;
        object["own"] = digitsOf(centre.own);
        object["shared"] = digitsOf(centre.shared);
        object["split"] = idOf(centre.split);
        document["centres"].push_back(std::move(object));
    }
    for (const ClosedStanding& standing : figures.budgets)
        document["budgets"].push_back(jsonOf(standing));
    for (const ClosedTraces& of : figures.traced)
        document["traced"].push_back({{"provider", of.provider},
                                      {"model", of.model},
                                      {"calls", of.calls},
                                      {"tokens", of.tokens},
                                      {"cost", digitsOf(of.cost)},
                                      {"in_utc", digitsOf(of.inUtc)}});
    for (const ExchangeRate& rate : figures.rates)
        document["rates"].push_back({{"currency", rate.currency},
                                     {"month", rate.month},
                                     {"nanos", rate.nanos},
                                     {"date", rate.date},
                                     {"source", rate.source}});
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ClosedFigures> closedFiguresFromJson(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    Reader reader;
    ClosedFigures figures;
    if (reader.number(document, "plumbline_closed_month") != 1)
        return fail(ErrorKind::Malformed, "a closed month's snapshot is damaged, or of a newer program");
    figures.zone = reader.text(document, "zone");
    figures.monthStartDay = static_cast<int>(reader.number(document, "month_start_day"));
    figures.ofSessions = reader.money(document, "of_sessions");
    figures.ofUsers = reader.money(document, "of_users");
    for (const auto& [word, count] : counts)
        figures.*count = reader.number(document, word);
    figures.all = standingFrom(reader, reader.at(document, "all", json::value_t::object));
    figures.side = sideFrom(reader, reader.at(document, "side", json::value_t::object));
    for (const json& of : reader.list(document, "centres")) {
        ClosedCentre centre{.standing = standingFrom(reader, of),
                            .calls = reader.number(of, "calls"),
                            .own = reader.money(of, "own"),
                            .shared = reader.money(of, "shared")};
        if (const std::string split = reader.text(of, "split"); !split.empty()) {
            const auto key = splitKeyFromId(split);
            key ? void(centre.split = *key) : reader.refuse();
        }
        figures.centres.push_back(std::move(centre));
    }
    for (const json& of : reader.list(document, "budgets"))
        figures.budgets.push_back(standingFrom(reader, of));
    for (const json& of : reader.list(document, "traced"))
        figures.traced.push_back({.provider = reader.text(of, "provider"),
                                  .model = reader.text(of, "model"),
                                  .calls = reader.number(of, "calls"),
                                  .tokens = reader.number(of, "tokens"),
                                  .cost = reader.money(of, "cost"),
                                  .inUtc = reader.money(of, "in_utc")});
    for (const json& of : reader.list(document, "rates"))
        figures.rates.push_back({.currency = reader.text(of, "currency"),
                                 .month = static_cast<std::int32_t>(reader.number(of, "month")),
                                 .nanos = reader.number(of, "nanos"),
                                 .date = reader.text(of, "date"),
                                 .source = reader.text(of, "source")});
    if (reader.isWrong())
        return fail(ErrorKind::Malformed, "a closed month's snapshot is damaged");
    return figures;
}

Result<std::vector<ClosedMonth>> closedMonths(const store::Workspace& workspace)
{
    std::vector<ClosedMonth> months;
    store::Statement query =
        TRY(workspace.database().prepare("SELECT month, closed, note, snapshot FROM closed_month ORDER BY month"));
    while (TRY(query.next())) {
        ClosedMonth month{.month = static_cast<std::int32_t>(query.integer(0)),
                          .closed = Timestamp(query.integer(1)),
                          .note = std::string(query.text(2))};
        auto figures = closedFiguresFromJson(query.text(3));
        if (!figures)
            return tl::unexpected(std::move(figures).error().in(ReportingCalendar::monthText(month.month)));
        month.figures = *std::move(figures);
        months.push_back(std::move(month));
    }
    return months;
}

Result<> closeMonth(store::Workspace& workspace, const ClosedMonth& month)
{
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    store::Statement known = TRY(workspace.database().prepare("SELECT 1 FROM closed_month WHERE month = ?"));
    TRY(known.bind(month.month));
    if (TRY(known.next()))
        return fail(ErrorKind::Usage, ReportingCalendar::monthText(month.month) + " is closed already");
    TRY(TRY(workspace.database().prepare("INSERT INTO closed_month(month, closed, note, snapshot) VALUES(?, ?, ?, ?)"))
            .run(month.month, month.closed.microseconds(), month.note, toJson(month.figures)));
    return transaction.commit();
}

Result<> reopenMonth(store::Workspace& workspace, std::int32_t month)
{
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    store::Statement known = TRY(workspace.database().prepare("SELECT 1 FROM closed_month WHERE month = ?"));
    TRY(known.bind(month));
    if (!TRY(known.next()))
        return fail(ErrorKind::NotFound, ReportingCalendar::monthText(month) + " is not closed");
    TRY(TRY(workspace.database().prepare("DELETE FROM closed_month WHERE month = ?")).run(month));
    return transaction.commit();
}

} // namespace plumbline::spend
