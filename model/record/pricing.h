// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

#include "model/prices/price_book.h"
#include "model/record/observation.h"
#include "model/store/names.h"

namespace plumbline::record {

/// The built-in book with the overrides and discounts of a workspace.
Result<std::shared_ptr<const PriceBook>> priceBookOf(const store::Workspace& workspace);

/// What a call costs and which row of the table `price` made it so.
struct PricedCall
{
    std::int64_t price = 0; ///< price.id; 0: unpriced
    NameId provider = 0;    ///< of the price row, for calls whose source names none
    std::optional<Money> cost = {};
    bool isLongContext = false;
};

/// Prices calls one after another: looks each model up once, and writes each price it used into the workspace once.
class CallPricer
{
public:
    static Result<CallPricer> open(const store::Workspace& workspace, store::NameWriter& names,
                                   std::shared_ptr<const PriceBook> book);

    Result<PricedCall> price(const Observation& call);

private:
    struct Offer
    {
        const PricedModel* model = nullptr;
        NameId provider = 0;
    };
    CallPricer(store::NameWriter& names, std::shared_ptr<const PriceBook> book, const store::Database& database,
               store::NameReader reader, store::Statement find, store::Statement insert)
        : m_names(&names)
        , m_book(std::move(book))
        , m_database(&database)
        , m_reader(std::move(reader))
        , m_find(std::move(find))
        , m_insert(std::move(insert))
    {
    }
    Result<Offer> offerOf(NameId model, NameId provider);
    Result<ServiceTier> tierOf(NameId tier);
    Result<std::int64_t> rowId(const PricedModel& model, const AppliedPrice& applied, ServiceTier tier);

    store::NameWriter* m_names;
    std::shared_ptr<const PriceBook> m_book;
    const store::Database* m_database;
    store::NameReader m_reader;
    store::Statement m_find;
    store::Statement m_insert;
    std::unordered_map<std::uint64_t, Offer> m_offers; ///< by model and provider
    std::unordered_map<NameId, ServiceTier> m_tiers;
    std::unordered_map<std::uint64_t, std::int64_t> m_rows; ///< price.id by row, tier and length
};

} // namespace plumbline::record
