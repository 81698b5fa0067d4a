// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <nlohmann/json.hpp>

#include "model/queries/charges.h"

namespace plumbline {

namespace {

using nlohmann::json;

constexpr std::int64_t million = 1'000'000;

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

std::string field(const std::string& text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + '"';
}

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

std::string unitPrice(const Charge& charge)
{
    return decimalText(
        MoneySum::ofPicodollars(MoneySum::Integer{charge.rate.picodollars()} * (charge.isPerRequest ? 1 : million)));
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

std::array<std::string, columns.size()> rowOf(const Charge& charge, const Period& period)
{
    const std::string cost = decimalText(charge.cost), provider = nameOf(charge.provider), unit = unitPrice(charge),
                      first = instant(period.first), end = instant(period.end);
    return {cost,
            "",
            "",
            "USD",
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
            cost,
            unit,
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
            std::to_string(charge.calls)};
}

} // namespace

std::string focusCsv(const ChargesAnswer& answer, const Period& period)
{
    std::string csv;
    const auto line = [&](const auto& fields) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            csv += (i ? "," : "") + field(fields[i]);
        csv += '\n';
    };
    line(columns);
    for (const Charge& charge : answer.charges)
        line(rowOf(charge, period));
    return csv;
}

} // namespace plumbline
