// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/feature_rules.h"
#include "model/core/import_service.h"
#include "model/core/price_overrides.h"
#include "model/queries/measures.h"
#include "model/queries/spend_answers.h"

namespace plumbline {

/// One finished import, as the Sources page lists it.
struct SourceRow
{
    std::int64_t import = 0;
    std::string name = {};   ///< file name, or folder and number of files
    std::string detail = {}; ///< path, or `and lf-traces.csv`
    std::string format = {}; ///< title
    Privacy privacy = Privacy::Bodies;
    std::int64_t records = 0;
    std::int64_t calls = 0; ///< billed calls it is a witness of
    std::int64_t unpricedCalls = 0;
    std::int64_t callsWithoutUsage = 0;
    std::int64_t skipped = 0;
    std::optional<Timestamp> first = {}, last = {}, importedAt = {};
    ImportReport report = {};
};

/// A rule and how many calls it decides today.
struct RuleRow
{
    FeatureRule rule = {};
    std::int64_t calls = 0;
};

struct RulesAnswer
{
    std::vector<RuleRow> rules = {};
    std::int64_t unallocated = 0;
    std::int64_t calls = 0;
};

/// What would move if the rules were others: by feature, calls before and after.
struct RulesPreview
{
    struct Row
    {
        std::string feature;
        std::int64_t before = 0, after = 0;
    };
    std::vector<Row> rows = {};
    std::int64_t moved = 0;
};

struct PricesAnswer
{
    std::string bookDate = {};
    std::string version = {};
    std::int64_t models = 0;
    PriceOverrides own = {};                                         ///< what the user changed
    std::vector<std::pair<std::string, std::int64_t>> unpriced = {}; ///< model and its calls
};

/// The workspace at a glance.
struct StatusAnswer
{
    std::string path = {};
    std::int64_t fileBytes = 0;
    std::string timeZone = "UTC";
    int monthStartDay = 1;
    std::int64_t imports = 0, spans = 0, traces = 0, calls = 0, blocks = 0, scores = 0;
    std::optional<Timestamp> first = {}, last = {};
    std::string recorder = {}; ///< who records now, if anybody
    Measures total = {};
    Completeness completeness = {};
    std::vector<SpendAdjustment> adjustments = {}; ///< closed months whose calls are no longer what they were
};

} // namespace plumbline
