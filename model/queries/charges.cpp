// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/charges.h"

#include <algorithm>
#include <utility>

#include "model/core/ratio.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

/// Where a bucket stands in the query, and at which rate of the price row.
struct Meter
{
    const char* title;
    int tokens;
    int rate;
    bool isPerRequest = false;
};
constexpr int firstTokens = 6, firstRate = 14;
constexpr Meter meters[] = {{"Input Tokens", firstTokens, firstRate},
                            {"Audio Input Tokens", firstTokens + 6, firstRate + 5},
                            {"Cached Input Tokens", firstTokens + 1, firstRate + 2},
                            {"Cache Write Tokens (5m)", firstTokens + 2, firstRate + 3},
                            {"Cache Write Tokens (1h)", firstTokens + 3, firstRate + 4},
                            {"Output Tokens", firstTokens + 4, firstRate + 1},
                            {"Reasoning Tokens", firstTokens + 5, firstRate + 1},
                            {"Web Searches", firstTokens + 7, firstRate + 6, true}};

/// What is paid of the list price, as the row of the price book tells: `… · × 0.9 · …`.
Ratio paidOf(std::string_view price)
{
    constexpr std::string_view times = " · × ", between = " · ";
    const std::size_t at = price.find(times);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = price.substr(at + times.size());
    return parseRatio(rest.substr(0, rest.find(between))).value_or(Ratio());
}

/// Rates are rounded after the discount: the price before it is found to a picodollar.
Money listed(Money rate, Ratio paid)
{
    return paid.numerator == 0
               ? rate
               : Money(divideHalfEven(static_cast<__int128>(rate.picodollars()) * paid.denominator, paid.numerator));
}

} // namespace

Result<ChargesAnswer> Queries::charges(const Period& period, const StopToken& stop) const
{
    ChargesAnswer answer;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Database& database = connection.workspace().database();
    // Audio is part of the uncached input, priced apart; only what has a cost is charged.
    store::Statement query = TRY(database.prepare(
        "SELECT coalesce(provider.value, ''), coalesce(model.value, ''), coalesce(feature.value, ''), "
        "coalesce(environment.value, ''), price.description, sums.calls, sums.uncached, sums.cache_read, "
        "sums.write_5m, "
        "sums.write_1h, sums.visible, sums.reasoning, sums.audio, sums.searches, price.input, price.output, "
        "price.cache_read, price.cache_write_5m, price.cache_write_1h, price.audio, price.search FROM ("
        "SELECT origin.provider AS provider, origin.model AS model, origin.feature AS feature, origin.environment AS "
        "environment, origin.price AS price, count(*) AS calls, "
        "sum(max(0, coalesce(uncached, 0) - coalesce(audio, 0))) AS uncached, "
        "coalesce(sum(cache_read), 0) AS cache_read, coalesce(sum(cache_write_5m), 0) AS write_5m, "
        "coalesce(sum(cache_write_1h), 0) AS write_1h, "
        "coalesce(sum(visible), 0) AS visible, coalesce(sum(reasoning), 0) AS reasoning, coalesce(sum(audio), 0) AS "
        "audio, "
        "coalesce(sum(searches), 0) AS searches FROM call JOIN origin ON origin.id = call.origin "
        "WHERE call.started >= ?1 AND call.started < ?2 AND call.cost IS NOT NULL GROUP BY 1, 2, 3, 4, 5) AS sums "
        "JOIN price ON price.id = sums.price "
        "LEFT JOIN name AS provider ON provider.id = sums.provider LEFT JOIN name AS model ON model.id = sums.model "
        "LEFT JOIN name AS feature ON feature.id = sums.feature "
        "LEFT JOIN name AS environment ON environment.id = sums.environment ORDER BY 1, 2, 3, 4, 5"));
    TRY(query.bind(period.first.microseconds(), period.end.microseconds()));
    while (TRY(query.next())) {
        const Ratio paid = paidOf(query.text(4));
        bool isFirst = true;
        for (const Meter& meter : meters) {
            const std::int64_t quantity = query.integer(meter.tokens);
            if (quantity == 0)
                continue;
            const Money rate(query.integer(meter.rate));
            Charge charge{.provider = std::string(query.text(0)),
                          .model = std::string(query.text(1)),
                          .feature = std::string(query.text(2)),
                          .environment = std::string(query.text(3)),
                          .price = std::string(query.text(4)),
                          .meter = meter.title,
                          .isPerRequest = meter.isPerRequest,
                          .calls = query.integer(5),
                          .isFirstMeter = std::exchange(isFirst, false),
                          .quantity = quantity,
                          .rate = rate,
                          .listRate = listed(rate, paid),
                          .cost = MoneySum::ofPicodollars(MoneySum::Integer{quantity} * rate.picodollars())};
            answer.total += charge.cost;
            answer.charges.push_back(std::move(charge));
        }
    }
    store::Statement unpriced =
        TRY(database.prepare("SELECT count(*) FROM call WHERE started >= ?1 AND started < ?2 AND cost IS NULL"));
    TRY(unpriced.bind(period.first.microseconds(), period.end.microseconds()));
    if (TRY(unpriced.next()))
        answer.unpricedCalls = unpriced.integer(0);
    return answer;
}

Result<std::vector<PriceRowSpend>> Queries::priceRows(const Period& period, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const CallTable& table = m_snapshot->table;
    const CodedColumn& prices = table.column(CallTable::Price);
    std::vector<PriceRowSpend> byCode(prices.codeCount());
    queries::Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    TRY(selector.rowsOf({.period = period}, stop)).forEach([&](std::size_t row) {
        PriceRowSpend& of = byCode[prices.codes()[table.origins()[row]]];
        ++of.calls;
        of.tokens += table.input(row) + table.output(row);
        of.cost += Money(table.cost()[row]);
    });
    store::Statement description =
        TRY(connection.workspace().database().prepare("SELECT description FROM price WHERE id = ?"));
    std::vector<PriceRowSpend> rows;
    for (std::uint32_t code = 1; code < byCode.size(); ++code) { // code 0: no price
        if (byCode[code].calls == 0)
            continue;
        TRY(description.bind(prices.idOf(code)));
        if (TRY(description.next()))
            byCode[code].price = description.text(0);
        rows.push_back(std::move(byCode[code]));
    }
    std::sort(rows.begin(), rows.end(),
              [](const PriceRowSpend& a, const PriceRowSpend& b) { return a.price < b.price; });
    return rows;
}

} // namespace plumbline
