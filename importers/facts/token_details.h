// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace plumbline::facts {

/// A key of LangSmith's `input_token_details` and `output_token_details`, without what it says of the price.
struct TokenDetail
{
    std::string_view name; ///< as `cache_read`; empty: tokens at the base price, which the totals hold
    std::string_view tier; ///< of the service, if the key names it: flex, priority
};

/// `flex_cache_read` is cache_read at the flex tier, `over_200k` the rest of a long prompt, and the JavaScript
/// wrapper's `ephemeral_1hr_input_tokens` has an r too many (langsmith.md §3.1, §3.3).
TokenDetail tokenDetail(std::string_view key);

} // namespace plumbline::facts
