// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/filter.h"
#include "model/core/ledger.h"
#include "model/core/span.h"
#include "model/queries/measures.h"

namespace plumbline {

/// A call's own number in the workspace. It stays the same while its span is there.
enum class CallId : std::int64_t
{
};

/// A call as a row of a list.
struct CallRow
{
    CallId id = {};
    Timestamp start = {};
    std::string feature = {}, model = {}, provider = {}, step = {}, environment = {}, user = {}, session = {};
    std::string traceId = {}, spanId = {}; ///< as the source spelled them
    SpanStatus status = SpanStatus::Unknown;
    Usage usage = {};
    std::optional<Money> cost = {};
    std::optional<Money> reportedCost = {};
    std::optional<std::int64_t> latency = {}; ///< microseconds
    std::optional<LedgerSums> ledger = {};    ///< its segments and waste: in lists, of calls that were analysed
};

enum class CallOrder
{
    Newest,
    Costliest,
    MostTokens,
    Slowest,
};

/// Some calls of a filter, and how many there are in all.
struct CallList
{
    std::vector<CallRow> rows = {};
    std::int64_t total = 0;
};

/// One line of *Explain cost*: so many tokens of a bucket at such a rate.
struct CostLineAnswer
{
    std::string bucket = {}; ///< `Uncached input`
    std::int64_t units = 0;
    Money rate = {}; ///< picodollars per token (or per search)
    Money cost = {};
    bool isPerRequest = false; ///< a fee per search instead of per token
};

/// How this dollar was computed. The lines' costs add up to `call.cost` exactly.
struct CostExplanation
{
    CallRow call = {};
    std::vector<CostLineAnswer> lines = {};
    std::string priceRow =
        {}; ///< `anthropic · claude-sonnet-4-5 · standard · valid from 2025-09-29 · book of 2026-11-20`
    std::string usageCameAs = {}; ///< `input 10978 · input_cached_tokens 7724 · output 442 · total 11420`
    std::string rule = {};
    std::string whyNoCost = {};              ///< where there is none
    std::string difference = {};             ///< why the source said otherwise, if it did
    std::vector<std::string> notBilled = {}; ///< wrapper spans and other witnesses
    std::vector<std::string> sources = {};   ///< files it was read from
    std::string featureRule = {};
};

} // namespace plumbline
