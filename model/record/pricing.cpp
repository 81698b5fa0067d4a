// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/pricing.h"

#include "model/prices/overrides_json.h"

namespace plumbline::record {

namespace {

std::string descriptionOf(const PriceRowText& row, const AppliedPrice& applied, ServiceTier tier,
                          const std::string& version)
{
    std::string text = row.provider + " · " + row.model + " · ";
    text += applied.isTierPriced ? idText(tier) : "standard (no " + std::string(idText(tier)) + " price is listed)";
    if (applied.isLongContext)
        text += " · long context";
    if (!row.validFrom.empty())
        text += " · valid from " + row.validFrom.substr(0, 10);
    if (!row.validAt.empty())
        text += " · " + row.validAt;
    if (!row.discount.empty())
        text += " · × " + row.discount;
    // The book's own sources stand in the book; a price the user brought says where it is from.
    if (!row.source.empty() && !row.source.starts_with("http"))
        text += " · " + row.source;
    // The version names the overrides as well: the same row at another discount is another price.
    return text + " · book of " + (version.find('+') == std::string::npos ? row.bookDate : version);
}

} // namespace

Result<std::shared_ptr<const PriceBook>> priceBookOf(const store::Workspace& workspace)
{
    PriceBook book = TRY(PriceBook::builtIn());
    if (const auto text = TRY(workspace.setting(store::setting::priceOverrides)))
        book = TRY(book.with(TRY(overridesFromJson(*text))));
    return std::make_shared<const PriceBook>(std::move(book));
}

Result<CallPricer> CallPricer::open(const store::Workspace& workspace, store::NameWriter& names,
                                    std::shared_ptr<const PriceBook> book)
{
    const store::Database& database = workspace.database();
    return CallPricer(names, std::move(book), database, TRY(store::NameReader::open(database)),
                      TRY(database.prepare("SELECT id FROM price WHERE description = ?")),
                      TRY(database.prepare(
                          "INSERT INTO price(description, input, output, cache_read, cache_write_5m, cache_write_1h, "
                          "audio, search, context_window) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")));
}

Result<CallPricer::Offer> CallPricer::offerOf(NameId model, NameId provider)
{
    const std::uint64_t key = static_cast<std::uint64_t>(model) << 32 | static_cast<std::uint64_t>(provider);
    if (const auto known = m_offers.find(key); known != m_offers.end())
        return known->second;
    Offer offer;
    offer.model = m_book->find(TRY(m_reader.textOf(model)), TRY(m_reader.textOf(provider)));
    if (offer.model)
        offer.provider = TRY(m_names->idOf(offer.model->provider));
    m_offers.emplace(key, offer);
    return offer;
}

Result<ServiceTier> CallPricer::tierOf(NameId tier)
{
    if (tier == 0)
        return ServiceTier::Standard;
    if (const auto known = m_tiers.find(tier); known != m_tiers.end())
        return known->second;
    const ServiceTier parsed = parseServiceTier(TRY(m_reader.textOf(tier))).value_or(ServiceTier::Standard);
    m_tiers.emplace(tier, parsed);
    return parsed;
}

Result<std::int64_t> CallPricer::rowId(const PricedModel& model, const AppliedPrice& applied, ServiceTier tier)
{
    const std::uint64_t key = static_cast<std::uint64_t>(applied.row) << 8 | static_cast<std::uint64_t>(tier) << 1 |
                              (applied.isLongContext ? 1U : 0U);
    if (const auto known = m_rows.find(key); known != m_rows.end())
        return known->second;
    const std::string description = descriptionOf(m_book->describe(applied.row), applied, tier, m_book->version());
    TRY(m_find.bind(description));
    std::int64_t id = TRY(m_find.next()) ? m_find.integer(0) : 0;
    m_find.reset();
    if (id == 0) {
        const Rates& rates = applied.rates;
        TRY(m_insert.run(description, rates.input.picodollars(), rates.output.picodollars(),
                         rates.cacheRead.picodollars(), rates.cacheWrite5m.picodollars(),
                         rates.cacheWrite1h.picodollars(), rates.audioInput.picodollars(),
                         rates.webSearch.value_or(Money()).picodollars(), model.contextWindow));
        id = m_database->lastInsertId();
    }
    m_rows.emplace(key, id);
    return id;
}

Result<PricedCall> CallPricer::price(const Observation& call)
{
    PricedCall priced;
    if (call.model == 0)
        return priced;
    const Offer offer = TRY(offerOf(call.model, call.provider));
    if (!offer.model)
        return priced;
    priced.provider = offer.provider;
    const ServiceTier tier = TRY(tierOf(call.tier));
    const auto applied =
        m_book->price(*offer.model, {.start = Timestamp(call.started.value_or(call.recorded.value_or(0))),
                                     .tier = tier,
                                     .totalInput = call.usage.input().value_or(0)});
    if (!applied)
        return priced;
    priced.price = TRY(rowId(*offer.model, *applied, tier));
    priced.isLongContext = applied->isLongContext;
    priced.cost = costOf(call.usage, applied->rates);
    return priced;
}

} // namespace plumbline::record
