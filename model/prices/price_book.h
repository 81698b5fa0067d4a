// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"
#include "model/core/price_overrides.h"
#include "model/core/service_tier.h"
#include "model/core/time.h"
#include "model/core/usage.h"
#include "model/prices/model_index.h"
#include "model/prices/price_file.h"
#include "model/prices/priced_model.h"
#include "model/prices/rates.h"

namespace plumbline {

/// What decides the price of one call, apart from its model.
struct PriceRequest
{
    Timestamp start;
    ServiceTier tier = ServiceTier::Standard;
    TokenCount totalInput = 0;       ///< all input buckets: decides about long context
    std::string_view geography = {}; ///< where it ran, as the provider's response states it; empty: no choice was made
};

/// The rates of a call, and why these.
struct AppliedPrice
{
    Rates rates;
    int row = -1; ///< of this book: PriceBook::describe
    bool isLongContext = false;
    /// The provider has a price for the tier. If not, these are the standard rates.
    bool isTierPriced = true;

    bool operator==(const AppliedPrice&) const = default;
};

/// A row in words, for *Explain cost*.
struct PriceRowText
{
    std::string provider;
    std::string model;     ///< the id
    std::string name;      ///< for people
    std::string validFrom; ///< ISO time, or empty: ever since
    std::string validAt;   ///< `01:00-04:00 UTC`, or empty: all day
    std::string discount;  ///< what is paid, as a factor; empty: everything
    std::string source;
    std::string note;
    std::string bookDate;

    bool operator==(const PriceRowText&) const = default;
};

/// Dated prices of all models, with the user's overrides and discounts worked in. An immutable value of about a
/// megabyte: share it by `shared_ptr<const PriceBook>`. Any thread may ask it.
class PriceBook
{
public:
    /// The prices the program came with (resources/prices).
    static Result<PriceBook> builtIn();
    /// Providers are asked for a model in the order of the files.
    static PriceBook of(std::vector<PriceFile> files);
    /// The same prices as the user knows them. Malformed: a pattern is no regular expression.
    Result<PriceBook> with(const PriceOverrides& overrides) const;

    /// Null: nobody's model, or one whose host sets its own prices – unpriced, which is not free. `provider` as the
    /// source spells it, or empty. Takes microseconds: keep the answer per (model, provider). Lives as long as the
    /// book does and stays where it is.
    const PricedModel* find(std::string_view model, std::string_view provider) const;

    /// The price at the call's start; of a call before the first row that of the earliest. Empty: an override has run
    /// out and nothing else is known.
    std::optional<AppliedPrice> price(const PricedModel& model, const PriceRequest& request) const;

    PriceRowText describe(int row) const;

    std::span<const PricedModel> models() const { return m_models; }
    /// The date of the book, and a digest of the overrides if there are any: `2026-09-23+1f0e…`.
    const std::string& version() const { return m_version; }

private:
    struct Provider
    {
        std::string id;
        std::string bookDate;
        std::string source;
    };
    struct RowPlace
    {
        std::size_t model = 0;
        std::size_t row = 0;
    };

    void finish();

    std::vector<Provider> m_providers;
    std::vector<PricedModel> m_models; // the user's first
    std::vector<RowPlace> m_rows;      // by row id
    ModelIndex m_index;
    std::string m_version;
};

} // namespace plumbline
