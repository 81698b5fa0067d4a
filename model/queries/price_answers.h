// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"
#include "model/core/price_overrides.h"

namespace plumbline {

class PriceBook;

/// A row of the price book: what a model costs from some moment on.
struct BookPrice
{
    std::string provider = {};
    std::string model = {}; ///< the id
    std::string name = {};  ///< for people
    std::optional<Timestamp> validFrom = {};
    std::optional<Timestamp> validUntil = {}; ///< exclusive; empty: until further notice
    std::string validAt = {};                 ///< `01:00-04:00 UTC`; empty: all day
    PriceTerms listed = {};                   ///< as the provider, or the user, lists them
    ListPrices paid = {};                     ///< by a standard request, every bucket, after the discount
    std::string discount = {};                ///< what is paid, as a factor; empty: everything
    std::optional<TokenCount> contextWindow = {};
    bool isOverride = false; ///< the user's
    bool isDeprecated = false;
    std::string source = {};
    std::string note = {};
    std::string bookDate = {};
};

/// All rows of a book, the user's first.
struct PriceBookAnswer
{
    std::string version = {};
    std::int64_t models = 0;
    std::vector<BookPrice> prices = {};
};

/// The book that the program came with, as these overrides make it. Malformed: a pattern is no regular expression.
Result<PriceBookAnswer> priceBookWith(const PriceOverrides& overrides);

/// "What does this model cost at that moment?"
struct PriceQuestion
{
    std::string model = {};    ///< as a call may name it
    std::string provider = {}; ///< empty: whoever sells it
    Timestamp at = {};
    ServiceTier tier = ServiceTier::Standard;
};

struct PriceAnswer
{
    BookPrice price = {};                ///< what is paid is that of the tier
    std::optional<Money> webSearch = {}; ///< a search
    bool isTierPriced = true;            ///< the provider has a price for the tier; if not, these are the standard ones
};

/// NotFound: nobody's model, or no price of it holds then.
Result<PriceAnswer> priceOf(const PriceQuestion& question, const PriceBook& book);
Result<PriceAnswer> priceOf(const PriceQuestion& question, const PriceOverrides& overrides);

/// What a reader of overrides thinks of one. Malformed says what is wrong with it.
Result<> check(const PriceOverride& entry);
Result<> check(const Discount& entry);

} // namespace plumbline
