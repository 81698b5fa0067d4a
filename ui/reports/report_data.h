// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/core/currency.h"
#include "model/core/report_definition.h"
#include "model/queries/price_answers.h"
#include "model/queries/queries.h"

namespace plumbline {

/// A feature, or a model, in the month and in the one it is compared with.
struct ReportGroup
{
    std::string name = {};
    std::int64_t calls = 0, callsBefore = 0;
    TokenCount tokens = 0;
    MoneySum cost = {}, costBefore = {};
    std::optional<spend::Factor> driver = {}; ///< what of the formula moved most

    MoneySum change() const { return cost - costBefore; }
};

/// All that a month's report is made of.
struct ReportData
{
    ReportDefinition definition = {};
    ReportingCalendar calendar = {};
    ReportingCurrency currency = {};
    SpendAnswer spend = {};
    std::vector<Annotation> annotations = {};            ///< of the month
    SeriesAnswer days = {};                              ///< of the month, all calls together
    std::vector<ReportGroup> features = {}, models = {}; ///< by falling cost, also those that are gone
    Breakdown perFeature = {};                           ///< with percentiles and tokens, of today's rows
    Breakdown months = {};                               ///< the last six, of today's rows
    Breakdown featureMonths = {};                        ///< feature × month of the same
    Breakdown environments = {};                         ///< of today's rows
    DrainsAnswer drains = {};                            ///< feature × drain, of today's rows
    std::vector<ScenarioRow> scenarios = {};
    std::vector<SourceRow> sources = {};
    PricesAnswer prices = {};
    std::vector<BookPrice> pricesAhead = {};   ///< of the month's models, that begin after it
    std::vector<PriceRowSpend> priceRows = {}; ///< of today's rows
};

/// Asks for all of it. NotFound: the currency has no rate for the month. Database or Cancelled. Any thread.
Result<ReportData> reportDataOf(const Queries& queries, const ReportDefinition& definition, std::int32_t month,
                                const ProgressSink& progress, const StopToken& stop,
                                const std::optional<Timestamp>& now = {});

} // namespace plumbline
