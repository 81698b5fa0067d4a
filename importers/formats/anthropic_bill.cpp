// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/amounts.h"
#include "importers/facts/times.h"
#include "importers/format.h"

namespace plumbline::formats {

namespace {

constexpr std::int64_t day = std::int64_t{24} * 3600 * 1'000'000; // microseconds

bool isConsoleRow(json::Object row)
{
    return row["usage_date_utc"].exists() && (row["cost_usd"].exists() || row["usage_output_tokens"].exists());
}

Certainty sniff(const Sniffed& record)
{
    const json::Object object = record.value.object();
    if (record.container.empty() && isConsoleRow(object))
        return Certainty::Certain;
    if (!object["starting_at"].exists() || !object["results"].isArray())
        return Certainty::No;
    for (const json::Value result : object["results"].array())
        return result["uncached_input_tokens"].exists() || result["amount"].exists() ? Certainty::Certain
                                                                                     : Certainty::No;
    return Certainty::Likely;
}

/// Anthropic's usage and cost reports: answers of the admin API, whose amounts are in cents, and tables of its console.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override
    {
        if (record.container == "envelope") {
            if (value["has_more"].boolean().value_or(false))
                sink.note("this is one page of an answer with more: import the next pages as well");
            return {};
        }
        ObservedBillLine line{.provider = "anthropic", .isStatement = true};
        if (isConsoleRow(value.object()))
            return readRow(value, line, sink);
        line.start = facts::timeOf(value["starting_at"]);
        line.end = facts::timeOf(value["ending_at"]);
        for (const json::Value result : value["results"].array())
            TRY(readResult(result, line, sink));
        return {};
    }

private:
    static Result<> readResult(json::Value result, ObservedBillLine line, RecordSink& sink)
    {
        line.model = result["model"].text();
        line.project = result["workspace_id"].text();
        line.apiKey = result["api_key_id"].text();
        line.tier = result["service_tier"].text();
        if (result["amount"].exists()) {
            const auto cents = facts::signedMoney(result["amount"]);
            if (!cents) {
                sink.skip("a cost without amount");
                return {};
            }
            line.cost = Money(divideHalfEven(cents->picodollars(), 100));
            line.currency = result["currency"].text();
            line.meter = result["token_type"].text().empty() ? result["cost_type"].text() : result["token_type"].text();
            line.description = result["description"].text();
            return sink.add(line);
        }
        line.meter = "usage";
        line.usage = {.uncachedInput = result["uncached_input_tokens"].integer(),
                      .cacheRead = result["cache_read_input_tokens"].integer(),
                      .cacheWrite5m = result["cache_creation"]["ephemeral_5m_input_tokens"].integer(),
                      .cacheWrite1h = result["cache_creation"]["ephemeral_1h_input_tokens"].integer(),
                      .visibleOutput = result["output_tokens"].integer(),
                      .webSearches = result["server_tool_use"]["web_search_requests"].integer()};
        return sink.add(line);
    }

    static Result<> readRow(json::Value row, ObservedBillLine line, RecordSink& sink)
    {
        line.start = facts::timeOf(row["usage_date_utc"]);
        if (!line.start) {
            sink.skip("no date");
            return {};
        }
        line.end = Timestamp(line.start->microseconds() + day);
        line.project = row["workspace"].text();
        line.apiKey = row["api_key"].text();
        if (row["cost_usd"].exists()) {
            line.model = row["model"].text();
            line.meter = row["token_type"].text().empty() ? row["cost_type"].text() : row["token_type"].text();
            line.cost = facts::signedMoney(row["cost_usd"]);
            line.currency = "USD";
            if (!line.cost) {
                sink.skip("a cost without amount");
                return {};
            }
            return sink.add(line);
        }
        line.model = row["model_version"].text();
        line.meter = "usage";
        line.tier = row["usage_type"].text();
        line.usage = {.uncachedInput = row["usage_input_tokens_no_cache"].integer(),
                      .cacheRead = row["usage_input_tokens_cache_read"].integer(),
                      .cacheWrite5m = row["usage_input_tokens_cache_write_5m"].integer(),
                      .cacheWrite1h = row["usage_input_tokens_cache_write_1h"].integer(),
                      .visibleOutput = row["usage_output_tokens"].integer(),
                      .webSearches = row["web_search_count"].integer()};
        return sink.add(line);
    }
};

} // namespace

Format anthropic_bill()
{
    return {
        .id = "anthropic-bill",
        .title = "Anthropic usage and costs",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
