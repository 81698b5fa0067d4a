// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/bill_entry.h"
#include "app/command.h"
#include "app/question_options.h"

namespace plumbline::commands {

namespace {

using nlohmann::json;

json orNull(const std::optional<std::int64_t>& number)
{
    return number ? json(*number) : json();
}

json textOrNull(const std::string& text)
{
    return text.empty() ? json() : json(text);
}

void printJson(const BillsAnswer& bills)
{
    json rows = json::array();
    for (const BillRow& row : bills.rows)
        rows.push_back({{"provider", textOrNull(row.provider)},
                        {"model", textOrNull(row.model)},
                        {"meter", textOrNull(row.meter)},
                        {"project", textOrNull(row.project)},
                        {"tier", textOrNull(row.tier)},
                        {"from", isoText(row.start)},
                        {"to", row.end ? json(isoText(*row.end)) : json()},
                        {"requests", orNull(row.requests)},
                        {"uncached_input_tokens", orNull(row.usage.uncachedInput)},
                        {"cache_read_tokens", orNull(row.usage.cacheRead)},
                        {"cache_write_5m_tokens", orNull(row.usage.cacheWrite5m)},
                        {"cache_write_1h_tokens", orNull(row.usage.cacheWrite1h)},
                        {"output_tokens", orNull(row.usage.output())},
                        {"web_searches", orNull(row.usage.webSearches)},
                        {"cost", row.cost ? json(decimalText(*row.cost)) : json()},
                        {"currency", textOrNull(row.currency)},
                        {"description", textOrNull(row.description)},
                        {"source", row.source},
                        {"is_retold", row.isRetold}});
    json totals = json::object();
    for (const auto& [currency, sum] : bills.totals)
        totals[currency] = decimalText(sum);
    std::printf("%s\n", json({{"rows", std::move(rows)}, {"totals", std::move(totals)}}).dump(1).c_str());
}

void print(const BillsAnswer& bills)
{
    for (const BillRow& row : bills.rows) {
        std::printf("%s  %s · %s · %s", isoText(row.start).substr(0, 10).c_str(), row.provider.c_str(),
                    row.model.empty() ? "–" : row.model.c_str(), row.meter.empty() ? "–" : row.meter.c_str());
        if (const auto input = row.usage.input())
            std::printf(" · %lld input", static_cast<long long>(*input));
        if (const auto output = row.usage.output())
            std::printf(" · %lld output", static_cast<long long>(*output));
        if (row.cost)
            std::printf(" · %s %s", decimalText(*row.cost).c_str(),
                        row.currency.empty() ? "USD" : row.currency.c_str());
        if (row.isRetold)
            std::printf(" (told in more lines by another import: not added)");
        std::printf("\n");
    }
    for (const auto& [currency, sum] : bills.totals)
        std::printf("Total %s %s\n", decimalText(sum).c_str(), currency.c_str());
    if (bills.rows.empty())
        std::printf("no bills: import a provider's usage or cost export, or type a total with 'bills add'\n");
}

/// A total that somebody reads off an invoice.
Result<int> add(const CommandCall& call)
{
    const Queries queries = TRY(openQueries(call));
    const std::string provider = TRY(call.arguments.required("provider"));
    const auto amount = moneyFromDecimal(TRY(call.arguments.required("amount")));
    if (!amount)
        return fail(ErrorKind::Usage, "the amount is a decimal number, such as 1234.56");
    const std::string month = TRY(call.arguments.required("month"));
    const BilledTotal total{.provider = provider,
                            .month = TRY(ReportingCalendar::parseMonth(month)),
                            .amount = *amount,
                            .currency = call.arguments.value("currency").value_or("USD"),
                            .invoice = call.arguments.value("invoice").value_or("")};
    TRY(addBilledTotal(queries.path(), total, call.stop));
    return ExitCode::Done;
}

Result<int> run(const CommandCall& call)
{
    const std::vector<std::string>& words = call.arguments.rest();
    if (words.size() == 1 && words[0] == "add")
        return add(call);
    if (!words.empty() && words != std::vector<std::string>{"list"})
        return fail(ErrorKind::Usage, "bills list, or bills add --provider NAME --month 2026-10 --amount 123.45");
    const Queries queries = TRY(openQueries(call));
    std::optional<Period> period;
    if (const auto month = call.arguments.value("month"))
        period = TRY(periodFrom(*month, queries.calendar()));
    const BillsAnswer bills = TRY(queries.bills(period, call.stop));
    call.arguments.has("json") ? printJson(bills) : print(bills);
    return ExitCode::Done;
}

} // namespace

Command bills()
{
    return {
        .name = "bills",
        .synopsis =
            "--store W.plumb [list [--month YYYY-MM] [--json] | add --provider NAME --month YYYY-MM --amount N]",
        .summary = "What providers billed, from their exports or typed in; kept apart from the traces",
        .options = {{"store", "FILE", "the workspace"},
                    {"month", "YYYY-MM", "only this month; for add: the month billed"},
                    {"provider", "NAME", "add: who billed"},
                    {"amount", "N", "add: the total, as a decimal number"},
                    {"currency", "CODE", "add: of the amount (USD)"},
                    {"invoice", "NUMBER", "add: of the invoice"},
                    {"json", {}, "print as JSON"}},
        .run = run,
    };
}

} // namespace plumbline::commands
