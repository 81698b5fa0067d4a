// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/reconciliation.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "model/core/ascii.h"
#include "model/queries/spend_budgets.h"

namespace plumbline::queries {

namespace {

/// What a bill says of a model: `requests` and `tokens` come from usage reports, `cost` from cost reports and invoices.
struct BilledModel
{
    MoneySum cost = {};
    TokenCount tokens = 0;
};

struct Billed
{
    std::map<std::string, BilledModel> models = {};
    MoneySum cost = {};
    MoneySum tax = {}, credits = {};
    std::map<std::string, MoneySum> converted = {}, foreign = {};
    bool hasCost = false;
    std::set<std::string> retold = {}; ///< imports that tell the same again
    std::int64_t lines = 0;            ///< with a cost
    bool isOfUtc = false;              ///< some of them by UTC, as providers bill
};

bool says(const BillRow& row, std::initializer_list<const char*> words)
{
    const std::string text = lowerCase(row.meter + " " + row.description);
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return text.find(word) != std::string::npos; });
}

std::map<std::string, Billed> byProvider(const BillsAnswer& bills, const std::vector<ExchangeRate>& rates,
                                         std::int32_t month, const Period& reporting)
{
    std::map<std::string, Billed> providers;
    for (const BillRow& row : bills.rows) {
        Billed& billed = providers[lowerCase(row.provider)]; // as traces name them
        if (row.isRetold) {
            billed.retold.insert(row.source);
            continue;
        }
        const Usage& usage = row.usage;
        TokenCount tokens = 0;
        for (const auto& count : {usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h,
                                  usage.visibleOutput, usage.reasoning})
            tokens += count.value_or(0);
        billed.models[row.model].tokens += tokens;
        if (!row.cost)
            continue;
        std::string code = row.currency.empty() ? "USD" : row.currency;
        std::transform(code.begin(), code.end(), code.begin(), [](unsigned char c) { return std::toupper(c); });
        const auto currency = currencyOf(rates, code, month);
        if (!currency) {
            billed.foreign[code] += *row.cost;
            continue;
        }
        if (currency->rate)
            billed.converted[code] += *row.cost;
        const MoneySum cost = currency->inDollars(*row.cost);
        billed.hasCost = true;
        ++billed.lines;
        billed.isOfUtc |= row.meter != "total" || row.start != reporting.first;
        billed.cost += cost;
        // A total was typed in: its number may be any word.
        const bool isTotal = row.meter == "total";
        if (!isTotal && says(row, {"tax", "vat", "gst"}))
            billed.tax += cost;
        else if (cost < MoneySum() || (!isTotal && says(row, {"credit", "refund"})))
            billed.credits += cost;
        else
            billed.models[row.model].cost += cost;
    }
    return providers;
}

/// Why a model was billed otherwise than traced, where the bill counts its tokens: `usage` for tokens that only one of
/// the two counts, at what traced ones cost in the mean; `price` for what the others cost otherwise. Together they are
/// the whole difference.
struct ModelCauses
{
    MoneySum usage = {}, price = {};
};
ModelCauses causesOf(const BilledModel& billed, const TracedModel& traced)
{
    if (billed.tokens == 0 || traced.tokens == 0)
        return {};
    const double more = static_cast<double>(billed.tokens - traced.tokens) / static_cast<double>(traced.tokens);
    const MoneySum usage = estimated(traced.inUtc.dollars() * more);
    // A usage report alone says nothing of prices.
    return {.usage = usage, .price = billed.cost == MoneySum() ? MoneySum() : billed.cost - traced.inUtc - usage};
}

} // namespace

std::vector<ReconciliationRow> reconciled(const BillsAnswer& bills, const TracedByModel& traced,
                                          const std::vector<ExchangeRate>& rates, std::int32_t month,
                                          const Period& reporting)
{
    std::map<std::string, ReconciliationRow> rows;
    std::map<std::string, MoneySum> inUtc;
    for (const auto& [of, sums] : traced) {
        rows[of.first].traced += sums.cost;
        inUtc[of.first] += sums.inUtc;
    }
    for (const auto& [provider, billed] : byProvider(bills, rates, month, reporting)) {
        ReconciliationRow& row = rows[provider];
        row.converted.assign(billed.converted.begin(), billed.converted.end());
        row.foreign.assign(billed.foreign.begin(), billed.foreign.end());
        row.retold.assign(billed.retold.begin(), billed.retold.end());
        if (!billed.hasCost)
            continue;
        row.billed = billed.cost;
        MoneySum unknownModels, untraced, unbilled, prices;
        for (const auto& [model, of] : billed.models) {
            const auto known = traced.find({provider, model});
            if (model.empty())
                continue; // of the whole account
            if (known == traced.end()) {
                unknownModels += of.cost;
                continue;
            }
            const ModelCauses causes = causesOf(of, known->second);
            (causes.usage > MoneySum() ? untraced : unbilled) += causes.usage;
            prices += causes.price;
        }
        const auto add = [&](const char* title, MoneySum amount) {
            if (amount != MoneySum())
                row.causes.push_back({title, amount});
        };
        if (billed.isOfUtc)
            add("Month of the bill is a month of UTC", inUtc[provider] - row.traced);
        add("Models that nobody traced", unknownModels);
        add("Calls that nobody traced", untraced);
        add("Calls that were not billed", unbilled);
        add("Tiers, discounts and other prices", prices);
        add("Tax", billed.tax);
        add("Credits", billed.credits);
        row.unexplained = row.difference();
        for (const ReconciliationCause& cause : row.causes)
            row.unexplained = row.unexplained - cause.amount;
        // Every line of a bill is rounded to a cent: no more than half of one each.
        if (std::abs(static_cast<double>(row.unexplained.picodollars())) <=
            static_cast<double>(billed.lines) * MoneySum::picodollarsPerCent / 2) {
            add("Rounding of the bill's lines", row.unexplained);
            row.unexplained = {};
        }
        const double off = std::abs(row.difference().dollars());
        row.isMatched = off <= std::abs(billed.cost.dollars()) * 0.01;
    }
    std::vector<ReconciliationRow> all;
    for (auto& [provider, row] : rows) {
        row.provider = provider;
        all.push_back(std::move(row));
    }
    std::stable_sort(all.begin(), all.end(), [](const ReconciliationRow& a, const ReconciliationRow& b) {
        return std::max(a.billed.value_or(a.traced), a.traced) > std::max(b.billed.value_or(b.traced), b.traced);
    });
    return all;
}

} // namespace plumbline::queries
