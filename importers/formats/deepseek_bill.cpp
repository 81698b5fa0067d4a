// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/amounts.h"
#include "importers/facts/times.h"
#include "importers/format.h"

namespace plumbline::formats {

namespace {

bool isCost(json::Object row)
{
    return row["wallet_type"].exists() && row["cost"].exists();
}

bool isAmount(json::Object row)
{
    return row["type"].exists() && row["amount"].exists() && row["price"].exists();
}

Certainty sniff(const Sniffed& record)
{
    const json::Object row = record.value.object();
    const bool isOurs = record.container.empty() && row["start_time_iso"].exists() && row["end_time_iso"].exists() &&
                        (isCost(row) || isAmount(row));
    return isOurs ? Certainty::Certain : Certainty::No;
}

/// The two tables of DeepSeek's console: what was consumed, a kind of token a row, and what each wallet paid, which may
/// be yuan (otel-and-pricing.md §3.10). Only the second one's money counts: the first one's prices are of the same.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record&, json::Value value, RecordSink& sink) override
    {
        const json::Object row = value.object();
        ObservedBillLine line{.provider = "deepseek", .isStatement = true};
        line.start = facts::timeOf(row["start_time_iso"]);
        line.end = facts::timeOf(row["end_time_iso"]);
        line.model = row["model"].text();
        if (!line.start) {
            sink.skip("no date");
            return {};
        }
        if (isCost(row)) {
            line.meter = row["wallet_type"].text();
            line.cost = facts::signedMoney(row["cost"]);
            line.currency = row["currency"].text();
            if (!line.cost) {
                sink.skip("a cost without amount");
                return {};
            }
            return sink.add(line);
        }
        line.apiKey = row["api_key_name"].text().empty() ? row["api_key"].text() : row["api_key_name"].text();
        line.meter = row["type"].text();
        const auto amount = row["amount"].integer();
        if (line.meter == "input_cache_miss_tokens")
            line.usage.uncachedInput = amount;
        else if (line.meter == "input_cache_hit_tokens")
            line.usage.cacheRead = amount;
        else if (line.meter == "output_tokens")
            line.usage.visibleOutput = amount;
        else if (line.meter == "request_count")
            line.requests = amount;
        return sink.add(line);
    }
};

} // namespace

Format deepseek_bill()
{
    return {
        .id = "deepseek-bill",
        .title = "DeepSeek usage and costs",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
