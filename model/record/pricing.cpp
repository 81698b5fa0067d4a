// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/pricing.h"

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "model/prices/overrides_json.h"

namespace plumbline::record {

namespace {

std::string descriptionOf(const PriceRowText& row, const AppliedPrice& applied, ServiceTier tier,
                          const std::string& version, const std::string& apiKey)
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
    if (!apiKey.empty())
        text += " · key " + apiKey;
    // The book's own sources stand in the book; a price the user brought says where it is from.
    if (!row.source.empty() && !row.source.starts_with("http"))
        text += " · " + row.source;
    // The version names the overrides as well: the same row at another discount is another price.
    return text + " · book of " + (version.find('+') == std::string::npos ? row.bookDate : version);
}

Result<PriceOverrides> overridesOf(const store::Workspace& workspace)
{
    const auto text = TRY(workspace.setting(store::setting::priceOverrides));
    return text ? overridesFromJson(*text) : Result<PriceOverrides>(PriceOverrides());
}

/// What metadata call the alias or id of the key a call was made with: LiteLLM's names, and the plain ones.
constexpr std::string_view apiKeyNames[] = {"key_alias", "user_api_key_alias", "api_key_alias", "api_key_id",
                                            "api_key"};

bool namesApiKey(std::string_view member)
{
    return std::any_of(std::begin(apiKeyNames), std::end(apiKeyNames), [&](std::string_view name) {
        return member == name || (member.ends_with(name) && member[member.size() - name.size() - 1] == '.');
    });
}

} // namespace

Result<std::shared_ptr<const PriceBook>> priceBookOf(const store::Workspace& workspace)
{
    const PriceBook book = TRY(PriceBook::builtIn());
    return std::make_shared<const PriceBook>(TRY(book.with(TRY(overridesOf(workspace)))));
}

Result<CallPricer> CallPricer::open(const store::Workspace& workspace, store::NameWriter& names)
{
    const store::Database& database = workspace.database();
    CallPricer pricer(names, database, TRY(store::NameReader::open(database)),
                      TRY(database.prepare("SELECT id FROM price WHERE description = ?")),
                      TRY(database.prepare(
                          "INSERT INTO price(description, input, output, cache_read, cache_write_5m, cache_write_1h, "
                          "audio, search, context_window) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")),
                      TRY(database.prepare("SELECT json FROM attribute_set WHERE id = ?")));
    const PriceBook builtIn = TRY(PriceBook::builtIn());
    const PriceOverrides overrides = TRY(overridesOf(workspace));
    pricer.m_books.push_back({.book = std::make_shared<const PriceBook>(TRY(builtIn.with(overrides)))});
    for (const std::string& apiKey : apiKeysOf(overrides))
        pricer.m_books.push_back(
            {.book = std::make_shared<const PriceBook>(TRY(builtIn.with(forApiKey(overrides, apiKey)))),
             .apiKey = apiKey});
    return pricer;
}

Result<CallPricer::Book*> CallPricer::bookFor(std::int64_t attributes)
{
    if (m_books.size() == 1 || attributes == 0)
        return &m_books.front();
    if (const auto known = m_bookOf.find(attributes); known != m_bookOf.end())
        return &m_books[known->second];
    std::size_t found = 0;
    TRY(m_attributes.bind(attributes));
    if (TRY(m_attributes.next())) {
        const nlohmann::json members = nlohmann::json::parse(m_attributes.text(0), nullptr, false);
        const auto& named = members.is_object() ? members : nlohmann::json::object();
        for (const auto& [name, value] : named.items())
            for (std::size_t i = 1; i < m_books.size(); ++i)
                if (value.is_string() && value.get_ref<const std::string&>() == m_books[i].apiKey && namesApiKey(name))
                    found = i;
    }
    m_attributes.reset();
    m_bookOf.emplace(attributes, found);
    return &m_books[found];
}

Result<CallPricer::Offer> CallPricer::offerOf(Book& book, NameId model, NameId provider)
{
    const std::uint64_t key = static_cast<std::uint64_t>(model) << 32 | static_cast<std::uint64_t>(provider);
    if (const auto known = book.offers.find(key); known != book.offers.end())
        return known->second;
    Offer offer;
    offer.model = book.book->find(TRY(m_reader.textOf(model)), TRY(m_reader.textOf(provider)));
    if (offer.model)
        offer.provider = TRY(m_names->idOf(offer.model->provider));
    book.offers.emplace(key, offer);
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

Result<std::int64_t> CallPricer::rowId(Book& book, const PricedModel& model, const AppliedPrice& applied,
                                       ServiceTier tier)
{
    const std::uint64_t key = static_cast<std::uint64_t>(applied.row) << 8 | static_cast<std::uint64_t>(tier) << 1 |
                              (applied.isLongContext ? 1U : 0U);
    if (const auto known = book.rows.find(key); known != book.rows.end())
        return known->second;
    const std::string description =
        descriptionOf(book.book->describe(applied.row), applied, tier, book.book->version(), book.apiKey);
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
    book.rows.emplace(key, id);
    return id;
}

Result<PricedCall> CallPricer::price(const Observation& call, std::int64_t attributes)
{
    PricedCall priced;
    if (call.model == 0)
        return priced;
    Book& book = *TRY(bookFor(attributes));
    const Offer offer = TRY(offerOf(book, call.model, call.provider));
    if (!offer.model)
        return priced;
    priced.provider = offer.provider;
    const ServiceTier tier = TRY(tierOf(call.tier));
    const auto applied =
        book.book->price(*offer.model, {.start = Timestamp(call.started.value_or(call.recorded.value_or(0))),
                                        .tier = tier,
                                        .totalInput = call.usage.input().value_or(0)});
    if (!applied)
        return priced;
    priced.price = TRY(rowId(book, *offer.model, *applied, tier));
    priced.isLongContext = applied->isLongContext;
    priced.cost = costOf(call.usage, applied->rates);
    return priced;
}

} // namespace plumbline::record
