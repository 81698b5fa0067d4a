// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "model/core/csv.h"
#include "model/queries/charges.h"

namespace plumbline {

namespace {

using nlohmann::json;

constexpr std::int64_t million = 1'000'000;

/// Where bills are in another currency than price lists.
constexpr std::array pricingColumns = {"PricingCurrency", "PricingCurrencyContractedUnitPrice",
                                       "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice"};

/// Columns of FOCUS 1.2 (focus.finops.org), mandatory and conditional ones that a token can fill, in their order.
constexpr std::array columns = {"BilledCost",
                                "BillingAccountId",
                                "BillingAccountName",
                                "BillingCurrency",
                                "BillingPeriodEnd",
                                "BillingPeriodStart",
                                "ChargeCategory",
                                "ChargeClass",
                                "ChargeDescription",
                                "ChargeFrequency",
                                "ChargePeriodEnd",
                                "ChargePeriodStart",
                                "ConsumedQuantity",
                                "ConsumedUnit",
                                "ContractedCost",
                                "ContractedUnitPrice",
                                "EffectiveCost",
                                "InvoiceIssuerName",
                                "ListCost",
                                "ListUnitPrice",
                                "PricingCategory",
                                "PricingQuantity",
                                "PricingUnit",
                                "ProviderName",
                                "PublisherName",
                                "ServiceCategory",
                                "ServiceName",
                                "ServiceSubcategory",
                                "SkuId",
                                "SkuMeter",
                                "SkuPriceDetails",
                                "SkuPriceId",
                                "Tags",
                                "x_Estimated",
                                "x_Model",
                                "x_PriceTableVersion",
                                "x_RequestCount"};

/// As vendors spell themselves; others as they came.
std::string nameOf(const std::string& provider)
{
    constexpr std::pair<std::string_view, std::string_view> names[] = {{"openai", "OpenAI"},
                                                                       {"anthropic", "Anthropic"},
                                                                       {"google", "Google"},
                                                                       {"mistral", "Mistral AI"},
                                                                       {"deepseek", "DeepSeek"},
                                                                       {"xai", "xAI"},
                                                                       {"cohere", "Cohere"},
                                                                       {"aws", "Amazon Web Services"},
                                                                       {"bedrock", "Amazon Web Services"},
                                                                       {"azure", "Microsoft"},
                                                                       {"groq", "Groq"}};
    for (const auto& [id, name] : names)
        if (provider == id)
            return std::string(name);
    return provider.empty() ? "unknown" : provider;
}

/// `2026-09-30T18:30:00Z`: FOCUS knows no fractions of a second.
std::string instant(Timestamp time)
{
    return isoText(time).substr(0, 19) + "Z";
}

/// Millions of tokens, or searches, exactly.
std::string quantityText(const Charge& charge)
{
    // A quantity of millionths has the digits of as many picodollars times a million.
    return charge.isPerRequest ? std::to_string(charge.quantity)
                               : decimalText(MoneySum::ofPicodollars(MoneySum::Integer{charge.quantity} * million));
}

/// Dollars for a million tokens, or for a search.
MoneySum unitPrice(const Charge& charge, Money rate)
{
    return MoneySum::ofPicodollars(MoneySum::Integer{rate.picodollars()} * (charge.isPerRequest ? 1 : million));
}

std::string lastPart(const std::string& price)
{
    const std::size_t at = price.rfind(" · ");
    return at == std::string::npos ? price : price.substr(at + std::string_view(" · ").size());
}

std::string tagsOf(const Charge& charge)
{
    json tags = json::object();
    if (!charge.feature.empty())
        tags["feature"] = charge.feature;
    if (!charge.environment.empty())
        tags["environment"] = charge.environment;
    return tags.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<std::string> rowOf(const Charge& charge, MoneySum amount, const ReportingCurrency& currency,
                               const Period& period)
{
    const std::string cost = decimalText(amount), provider = nameOf(charge.provider),
                      unit = decimalText(currency.of(unitPrice(charge, charge.rate))),
                      list = decimalText(currency.of(unitPrice(charge, charge.listRate))),
                      listCost = charge.listRate == charge.rate ? cost : decimalText(currency.of(charge.listCost())),
                      first = instant(period.first), end = instant(period.end);
    std::vector<std::string> row = {
        cost,
        "",
        "",
        currency.code,
        end,
        first,
        "Usage",
        "",
        charge.model + " " + charge.meter,
        "Usage-Based",
        end,
        first,
        std::to_string(charge.quantity),
        charge.isPerRequest ? "Requests" : "Tokens",
        cost,
        unit,
        cost,
        provider,
        listCost,
        list,
        "Standard",
        quantityText(charge),
        charge.isPerRequest ? "Requests" : "1000000 Tokens",
        provider,
        provider,
        "AI and Machine Learning",
        provider + " API",
        "Generative AI",
        charge.model,
        charge.meter,
        json{{"x_PriceRow", charge.price}}.dump(-1, ' ', false, json::error_handler_t::replace),
        charge.price + " · " + charge.meter,
        tagsOf(charge),
        "true",
        charge.model,
        lastPart(charge.price),
        charge.isFirstMeter ? std::to_string(charge.calls) : std::string("0")};
    if (currency.rate) {
        row.insert(row.end(), {"USD", decimalText(unitPrice(charge, charge.rate)), decimalText(charge.cost),
                               decimalText(unitPrice(charge, charge.listRate))});
    }
    return row;
}

/// What came after the month was closed, taken off: the rows above it are those of today.
std::vector<std::string> correctionRow(MoneySum amount, MoneySum dollars, const ReportingCurrency& currency,
                                       const Period& period)
{
    std::vector<std::string> row = rowOf({}, amount, currency, period);
    const auto set = [&](std::string_view column, std::string value) {
        row[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin())] =
            std::move(value);
    };
    set("ChargeCategory", "Adjustment");
    set("ChargeClass", "Correction");
    set("ChargeDescription", "Calls and prices that came after the month was closed, taken off");
    for (const char* cost : {"ContractedCost", "EffectiveCost", "ListCost"})
        set(cost, decimalText(amount));
    for (const char* nothing :
         {"ConsumedQuantity", "ConsumedUnit", "ContractedUnitPrice", "ListUnitPrice", "PricingCategory",
          "PricingQuantity", "PricingUnit", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId"})
        set(nothing, "");
    set("x_RequestCount", "0");
    if (currency.rate) {
        row[columns.size() + 1] = row[columns.size() + 3] = "";
        row[columns.size() + 2] = decimalText(dollars);
    }
    return row;
}

} // namespace

std::string focusCsv(const ChargesAnswer& answer, const Period& period, const ReportingCurrency& currency,
                     MoneySum adjustment)
{
    std::string csv;
    const auto line = [&](const std::vector<std::string>& fields) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            csv += (i ? "," : "") + csvField(fields[i]);
        csv += '\n';
    };
    std::vector<std::string> head(columns.begin(), columns.end());
    if (currency.rate)
        head.insert(head.end(), pricingColumns.begin(), pricingColumns.end());
    line(head);
    // Each as the difference of what the charges up to it come to: roundings do not add up.
    MoneySum dollars, before;
    for (const Charge& charge : answer.charges) {
        dollars += charge.cost;
        const MoneySum after = currency.of(dollars);
        line(rowOf(charge, after - before, currency, period));
        before = after;
    }
    if (adjustment != MoneySum())
        line(correctionRow(currency.of(dollars - adjustment) - before, MoneySum() - adjustment, currency, period));
    return csv;
}

} // namespace plumbline
