// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

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
/// Calls of an API key that has discounts of its own are priced by a book of their own.
class CallPricer
{
public:
    static Result<CallPricer> open(const store::Workspace& workspace, store::NameWriter& names);

    /// `attributes`: id of what its metadata say, which may name the key.
    Result<PricedCall> price(const Observation& call, std::int64_t attributes);

private:
    struct Offer
    {
        const PricedModel* model = nullptr;
        NameId provider = 0;
    };
    /// A book, and what was found in it.
    struct Book
    {
        std::shared_ptr<const PriceBook> book = {};
        std::string apiKey = {};                                   ///< empty: of all other calls
        std::unordered_map<std::uint64_t, Offer> offers = {};      ///< by model and provider
        std::unordered_map<std::uint64_t, std::int64_t> rows = {}; ///< price.id by row, tier and length
    };
    CallPricer(store::NameWriter& names, const store::Database& database, store::NameReader reader,
               store::Statement find, store::Statement insert, store::Statement attributes)
        : m_names(&names)
        , m_database(&database)
        , m_reader(std::move(reader))
        , m_find(std::move(find))
        , m_insert(std::move(insert))
        , m_attributes(std::move(attributes))
    {
    }
    Result<Book*> bookFor(std::int64_t attributes);
    Result<Offer> offerOf(Book& book, NameId model, NameId provider);
    Result<ServiceTier> tierOf(NameId tier);
    Result<std::int64_t> rowId(Book& book, const PricedModel& model, const AppliedPrice& applied, ServiceTier tier);

    store::NameWriter* m_names;
    const store::Database* m_database;
    store::NameReader m_reader;
    store::Statement m_find;
    store::Statement m_insert;
    store::Statement m_attributes;
    std::vector<Book> m_books;                              ///< the first is for calls of no key that has its own
    std::unordered_map<std::int64_t, std::size_t> m_bookOf; ///< by attribute set
    std::unordered_map<NameId, ServiceTier> m_tiers;
};

} // namespace plumbline::record
