// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"
#include "model/prices/priced_model.h"

namespace plumbline {

/// One file of resources/prices: what a provider asks for its models, as of a date.
///
/// `{"provider", "book_date", "name", "source", "note", "models"}`, and for all models `batch`, `flex`, `priority`,
/// `fast`, `web_search_per_1k`. A model has `id`, `name`, `match`, `context_window`, `max_output`,
/// `prompt_cache_min_tokens`, its own tier factors, `geography` (`{"us": "1.1"}`), `deprecated`, `deprecated_on`,
/// `note`, and `prices`: rows in order of `valid_from`, with `window_utc` (`"01:00-04:00"`), `source` and what
/// readTerms reads. `match` is a name, a list of which any may match, or one of `starts_with`, `ends_with`,
/// `contains`, `glob`, `regex`, `not`, `and`, `or`; the id is a name as well.
struct PriceFile
{
    std::string provider;
    std::string bookDate; ///< `2026-09-23`
    std::string source;
    std::vector<PricedModel> models;
};

/// Malformed: names the model and the row.
Result<PriceFile> readPriceFile(std::string_view text);

} // namespace plumbline
