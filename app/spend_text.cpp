// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/spend_text.h"

#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/json_text.h"
#include "app/plain_text.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

json orNull(const std::optional<MoneySum>& sum)
{
    return sum ? json(decimalText(*sum)) : json();
}

/// Whole cents as dollars: `-12.05`.
std::string centsText(std::int64_t cents)
{
    return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", std::abs(cents) / 100, std::abs(cents) % 100);
}

std::string signedDollars(std::int64_t cents)
{
    return fmt::format("{}${}.{:02}", cents < 0 ? "−" : "+", grouped(std::abs(cents) / 100), std::abs(cents) % 100);
}

std::string dollars(MoneySum sum)
{
    const std::int64_t cents = centsOf(sum);
    return fmt::format("{}${}.{:02}", cents < 0 ? "−" : "", grouped(std::abs(cents) / 100), std::abs(cents) % 100);
}

std::string dollars(const std::optional<MoneySum>& sum)
{
    return sum ? dollars(*sum) : "–";
}

std::string_view idOf(BudgetState state)
{
    constexpr std::string_view ids[] = {"none", "on-track", "at-risk", "over"};
    return ids[static_cast<std::size_t>(state)];
}

std::string stateText(const BudgetStanding& standing)
{
    switch (standing.state) {
    case BudgetState::None:
        return "no budget";
    case BudgetState::OnTrack:
        return "on track";
    case BudgetState::AtRisk:
        return "at risk";
    case BudgetState::Over:
        break;
    }
    return "over by " + dollars(standing.expected() - *standing.budget);
}

json forecastJson(const std::optional<SpendForecast>& forecast)
{
    if (!forecast)
        return {};
    return {{"usd", decimalText(forecast->total)},
            {"low_usd", orNull(forecast->low)},
            {"high_usd", orNull(forecast->high)},
            {"method", forecast->method == spend::ForecastMethod::HoltWinters ? "holt-winters" : "weekday-run-rate"}};
}

json standingJson(const BudgetStanding& standing)
{
    return {{"for", standing.scope.of},
            {"value", standing.scope.value.empty() ? json() : json(standing.scope.value)},
            {"budget_usd", orNull(standing.budget)},
            {"spent_usd", decimalText(standing.spent)},
            {"forecast", forecastJson(standing.forecast)},
            {"state", idOf(standing.state)}};
}

json varianceJson(const spend::Variance& variance)
{
    json factors = json::object();
    for (std::size_t factor = 0; factor < spend::factorCount; ++factor)
        factors[std::string(spend::idOf(static_cast<spend::Factor>(factor)))] = centsText(variance.factors[factor]);
    return {{"before_usd", centsText(variance.before)},
            {"factors_usd", std::move(factors)},
            {"new_features_usd", centsText(variance.newItems)},
            {"retired_features_usd", centsText(variance.retired)},
            {"after_usd", centsText(variance.after)}};
}

std::string nameOf(const CostCentreSpend& centre)
{
    return centre.name.empty() ? "unallocated" : centre.name;
}

std::string budgetTable(const SpendAnswer& answer)
{
    std::vector<std::vector<std::string>> rows{{"", "Budget", "Spent", "Of it shared", "Forecast", "Status"}};
    const auto add = [&](const std::string& name, const BudgetStanding& of, MoneySum shared) {
        rows.push_back({name, dollars(of.budget), dollars(of.spent), shared == MoneySum() ? "" : dollars(shared),
                        of.forecast ? dollars(of.forecast->total) : "", stateText(of)});
    };
    for (const CostCentreSpend& centre : answer.centres)
        add(nameOf(centre), centre.standing, centre.shared);
    for (const BudgetStanding& budget : answer.budgets)
        add(budget.scope.of + " " + budget.scope.value, budget, {});
    add("In all", answer.budget, {});
    return tableText(rows, 1);
}

std::string varianceTable(const SpendAnswer& answer)
{
    const spend::Variance& variance = answer.variance;
    std::vector<std::vector<std::string>> rows{
        {ReportingCalendar::monthText(answer.against), dollars(MoneySum::ofCents(variance.before))}};
    for (std::size_t factor = 0; factor < spend::factorCount; ++factor)
        if (variance.factors[factor] != 0)
            rows.push_back(
                {spend::titleOf(static_cast<spend::Factor>(factor)), signedDollars(variance.factors[factor])});
    if (variance.newItems != 0)
        rows.push_back({"New features", signedDollars(variance.newItems)});
    if (variance.retired != 0)
        rows.push_back({"Retired features", signedDollars(variance.retired)});
    rows.push_back({ReportingCalendar::monthText(answer.month), dollars(MoneySum::ofCents(variance.after))});
    return tableText(rows, 1);
}

std::string reconciliationTable(const SpendAnswer& answer)
{
    std::vector<std::vector<std::string>> rows{{"Provider", "Billed", "Traced", "Difference", ""}};
    for (const ReconciliationRow& row : answer.reconciliation) {
        rows.push_back({row.provider, dollars(row.billed), dollars(row.traced),
                        row.billed ? signedDollars(centsOf(row.difference())) : "–",
                        !row.billed     ? "no bill"
                        : row.isMatched ? "matched"
                                        : "differs"});
        for (const ReconciliationCause& cause : row.causes)
            rows.push_back({"  " + cause.title, "", "", signedDollars(centsOf(cause.amount)), ""});
        if (row.billed && row.unexplained != MoneySum())
            rows.push_back({"  Not explained", "", "", signedDollars(centsOf(row.unexplained)), ""});
        for (const auto& [currency, amount] : row.converted)
            rows.push_back({"  Of it billed in " + currency, decimalText(amount), "", "", "at the month's rate"});
        for (const auto& [currency, amount] : row.foreign)
            rows.push_back({"  Billed in " + currency, decimalText(amount), "", "", "not compared"});
    }
    return tableText(rows, 1);
}

json pastForecastsJson(const SpendAnswer& answer)
{
    json past = json::array();
    for (const PastForecast& of : answer.pastForecasts)
        past.push_back({{"month", ReportingCalendar::monthText(of.month)},
                        {"expected_on_day_11_usd", decimalText(of.expected)},
                        {"actual_usd", decimalText(of.actual)}});
    return past;
}

json adjustmentJson(const SpendAdjustment& adjustment)
{
    return {{"month", ReportingCalendar::monthText(adjustment.month)},
            {"closed", isoText(adjustment.closed)},
            {"note", adjustment.note},
            {"calls_since", adjustment.calls},
            {"adjustment_usd", decimalText(adjustment.amount)}};
}

/// The total in the workspace's own currency, where that is another and the month has a rate.
json currencyJson(const SpendAnswer& answer)
{
    const auto currency = currencyOf(answer.plan.rates, answer.plan.currency, answer.month);
    if (!currency || !currency->rate)
        return {};
    return {{"code", currency->code},
            {"per_usd", rateText(currency->rate->nanos)},
            {"date", currency->rate->date},
            {"source", currency->rate->source},
            {"spent", decimalText(currency->of(answer.budget.spent))}};
}

} // namespace

std::string spendJson(const SpendAnswer& answer)
{
    json months = json::array(), centres = json::array(), budgets = json::array(), anomalies = json::array(),
         providers = json::array();
    for (const SpendMonth& month : answer.months)
        months.push_back({{"month", ReportingCalendar::monthText(month.month)},
                          {"spent_usd", decimalText(month.spent)},
                          {"budget_usd", orNull(month.budget)}});
    for (const CostCentreSpend& centre : answer.centres) {
        json entry = standingJson(centre.standing);
        entry.erase("for");
        entry["value"] = nameOf(centre);
        entry["calls"] = centre.calls;
        entry["own_usd"] = decimalText(centre.own);
        entry["shared_usd"] = decimalText(centre.shared);
        centres.push_back(std::move(entry));
    }
    for (const BudgetStanding& budget : answer.budgets)
        budgets.push_back(standingJson(budget));
    for (const AnomalyRow& row : answer.anomalies)
        anomalies.push_back({{"day", dateText(row.day)},
                             {"feature", row.feature.empty() ? json() : json(row.feature)},
                             {"model", row.model.empty() ? json() : json(row.model)},
                             {"spent_usd", decimalText(row.spent)},
                             {"expected_usd", decimalText(row.expected)},
                             {"driver", row.driver ? json(spend::idOf(*row.driver)) : json()}});
    for (const ReconciliationRow& row : answer.reconciliation) {
        json causes = json::array();
        for (const ReconciliationCause& cause : row.causes)
            causes.push_back({{"cause", cause.title}, {"usd", decimalText(cause.amount)}});
        json converted = json::object(), foreign = json::object();
        for (const auto& [currency, amount] : row.converted)
            converted[currency] = decimalText(amount);
        for (const auto& [currency, amount] : row.foreign)
            foreign[currency] = decimalText(amount);
        providers.push_back({{"provider", row.provider},
                             {"billed_usd", orNull(row.billed)},
                             {"traced_usd", decimalText(row.traced)},
                             {"causes", std::move(causes)},
                             {"unexplained_usd", row.billed ? json(decimalText(row.unexplained)) : json()},
                             {"converted", std::move(converted)},
                             {"billed_in_other_currencies", std::move(foreign)},
                             {"matched", row.billed ? json(row.isMatched) : json()}});
    }
    json adjusted = json::array();
    for (const SpendAdjustment& of : answer.adjusted)
        adjusted.push_back(adjustmentJson(of));
    const json document{{"month", ReportingCalendar::monthText(answer.month)},
                        {"closed", answer.adjustment ? adjustmentJson(*answer.adjustment) : json()},
                        {"adjusted_months", std::move(adjusted)},
                        {"currency", currencyJson(answer)},
                        {"from", isoText(answer.period.first)},
                        {"to", isoText(answer.period.end)},
                        {"is_over", answer.isOver},
                        {"known_days", answer.knownDays},
                        {"calls", answer.total.calls},
                        {"calls_without_usage", answer.total.callsWithoutUsage},
                        {"unpriced_calls", answer.total.unpricedCalls},
                        {"spent_usd", decimalText(answer.budget.spent)},
                        {"budget_usd", orNull(answer.budget.budget)},
                        {"state", idOf(answer.budget.state)},
                        {"forecast", forecastJson(answer.forecast)},
                        {"forecast_year", forecastJson(answer.year)},
                        {"past_forecasts", pastForecastsJson(answer)},
                        {"months", std::move(months)},
                        {"variance", varianceJson(answer.variance)},
                        {"cost_centres", std::move(centres)},
                        {"budgets", std::move(budgets)},
                        {"anomalies", std::move(anomalies)},
                        {"reconciliation", std::move(providers)}};
    return jsonText(document);
}

std::string spendTable(const SpendAnswer& answer)
{
    std::string text =
        fmt::format("{}: {}{}\n", ReportingCalendar::monthText(answer.month), dollars(answer.budget.spent),
                    answer.isOver && answer.knownDays >= answer.days
                        ? ""
                        : fmt::format(" in {} of {} days", answer.knownDays, answer.days));
    if (const auto currency = currencyOf(answer.plan.rates, answer.plan.currency, answer.month);
        currency && currency->rate)
        text += fmt::format("in {}: {} at {} a dollar of {}, {}\n", currency->code,
                            decimalText(MoneySum::ofCents(centsOf(currency->of(answer.budget.spent)))),
                            rateText(currency->rate->nanos), currency->rate->date, currency->rate->source);
    if (answer.adjustment)
        text += fmt::format("closed on {}; adjustment since: {} in {} calls\n", isoText(answer.adjustment->closed),
                            signedDollars(centsOf(answer.adjustment->amount)), answer.adjustment->calls);
    const auto expect = [&](const char* what, const std::optional<SpendForecast>& forecast) {
        if (!forecast)
            return;
        text += fmt::format("expected for the {}: {}", what, dollars(forecast->total));
        if (forecast->low)
            text += fmt::format(", four times of five {} to {}", dollars(*forecast->low), dollars(*forecast->high));
        text += '\n';
    };
    expect("month", answer.forecast);
    expect("year", answer.year);
    text += '\n' + budgetTable(answer) + "\nWhy it changed\n" + varianceTable(answer);
    for (const AnomalyRow& row : answer.anomalies)
        text += fmt::format("! {}: {} instead of {}{}{}\n", dateText(row.day), dollars(row.spent),
                            dollars(row.expected), row.feature.empty() ? "" : ", " + row.feature + " on " + row.model,
                            row.driver ? fmt::format(" ({})", spend::titleOf(*row.driver)) : "");
    text += "\nReconciliation\n" + reconciliationTable(answer);
    if (answer.total.callsWithoutUsage > 0)
        text += fmt::format("{} calls have no usage: their cost is unknown\n", grouped(answer.total.callsWithoutUsage));
    if (answer.total.unpricedCalls > 0)
        text += fmt::format("{} calls have no price: their cost is unknown\n", grouped(answer.total.unpricedCalls));
    return text;
}

} // namespace plumbline
