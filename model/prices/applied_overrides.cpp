// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/applied_overrides.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>

#include "model/prices/model_names.h"
#include "model/prices/price_book.h"

namespace plumbline {

namespace {

bool isWithin(const PriceRow& row, std::optional<Timestamp> from, std::optional<Timestamp> until)
{
    return row.validFrom >= from && (!until || row.validFrom < until);
}

std::vector<PriceRow>::iterator firstRowFrom(std::vector<PriceRow>& rows, std::optional<Timestamp> time)
{
    return std::find_if(rows.begin(), rows.end(), [time](const PriceRow& row) { return row.validFrom >= time; });
}

/// The new row replaces what held between its two ends.
void apply(const PriceOverride& entry, std::vector<PriceRow>& rows)
{
    PriceRow row{.validFrom = entry.validFrom, .terms = entry.terms, .isOverride = true, .source = entry.source};
    if (const PriceRow* before = rowAt(rows, entry.validFrom.value_or(Timestamp()))) {
        for (std::size_t tier = 0; tier < row.terms.tiers.size(); ++tier)
            if (!row.terms.tiers[tier])
                row.terms.tiers[tier] = before->terms.tiers[tier];
        if (!row.terms.webSearchPerThousand)
            row.terms.webSearchPerThousand = before->terms.webSearchPerThousand;
    }
    if (entry.validUntil) {
        splitRowsAt(rows, *entry.validUntil);
        const auto next = firstRowFrom(rows, entry.validUntil);
        if (next == rows.end() || next->validFrom != entry.validUntil)
            rows.insert(next, PriceRow{.validFrom = entry.validUntil, .hasNoPrice = true});
    }
    std::erase_if(rows, [&](const PriceRow& old) { return isWithin(old, entry.validFrom, entry.validUntil); });
    rows.insert(firstRowFrom(rows, entry.validFrom), std::move(row));
}

void apply(const Discount& entry, std::vector<PriceRow>& rows)
{
    if (entry.validFrom)
        splitRowsAt(rows, *entry.validFrom);
    if (entry.validUntil)
        splitRowsAt(rows, *entry.validUntil);
    for (PriceRow& row : rows)
        if (isWithin(row, entry.validFrom, entry.validUntil))
            row.discount = entry.paid;
}

Result<MatchRule> ruleOf(const PriceOverride& entry)
{
    if (entry.match == NameMatch::Regex)
        return MatchRule::regex(entry.model);
    const auto kind = entry.match == NameMatch::Glob ? MatchRule::Kind::Glob : MatchRule::Kind::Equals;
    return MatchRule::of(kind, entry.model);
}

/// A model that only the user's list knows by this name; what the list does not say is taken from the book's model
/// of that name, if there is one.
Result<PricedModel> ownModel(const PriceOverride& entry, const std::string& provider, const PriceBook& book)
{
    PricedModel model;
    if (const PricedModel* known = entry.match == NameMatch::Equals ? book.find(entry.model, entry.provider) : nullptr)
        model = *known;
    model.id = lowerCase(entry.model);
    model.name = entry.model;
    model.provider = provider;
    model.match = TRY(ruleOf(entry));
    return model;
}

} // namespace

Result<std::vector<PricedModel>> modelsWith(const PriceOverrides& overrides, const PriceBook& book)
{
    std::vector<PricedModel> known(book.models().begin(), book.models().end());
    std::unordered_multimap<std::string, std::size_t> byId;
    for (std::size_t i = 0; i < known.size(); ++i)
        byId.emplace(known[i].id, i);

    std::vector<PricedModel> own;
    std::map<std::tuple<NameMatch, std::string, std::string>, std::size_t> ownByName;
    for (const PriceOverride& entry : overrides.prices) {
        const std::string provider = canonicalProvider(entry.provider);
        std::vector<PricedModel*> targets;
        if (entry.match == NameMatch::Equals) {
            const auto [first, last] = byId.equal_range(lowerCase(entry.model));
            for (auto at = first; at != last; ++at)
                if (provider.empty() || known[at->second].provider == provider)
                    targets.push_back(&known[at->second]);
        }
        if (targets.empty()) {
            const auto [at, isNew] = ownByName.try_emplace({entry.match, entry.model, provider}, own.size());
            if (isNew)
                own.push_back(TRY(ownModel(entry, provider, book)));
            targets.push_back(&own[at->second]);
        }
        for (PricedModel* model : targets) {
            apply(entry, model->rows);
            if (entry.contextWindow)
                model->contextWindow = entry.contextWindow;
        }
    }

    std::vector<PricedModel> models = std::move(own);
    std::move(known.begin(), known.end(), std::back_inserter(models));
    for (const Discount& entry : overrides.discounts) {
        if (!entry.apiKey.empty())
            continue; // of some calls only: forApiKey
        const std::string provider = canonicalProvider(entry.provider);
        const std::string glob = lowerCase(entry.model);
        for (PricedModel& model : models)
            if ((provider.empty() || model.provider == provider) &&
                (glob.empty() || fitsGlob(lowerCase(model.id), glob)))
                apply(entry, model.rows);
    }
    return models;
}

} // namespace plumbline
