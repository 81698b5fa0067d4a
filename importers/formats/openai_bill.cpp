// SPDX-License-Identifier: GPL-3.0-or-later
#include <deque>

#include "importers/facts/amounts.h"
#include "importers/facts/times.h"
#include "importers/format.h"

namespace plumbline::formats {

namespace {

bool isUsage(json::Value result)
{
    return result["object"].text().starts_with("organization.usage.");
}

bool isCost(json::Value result)
{
    return result["object"].text().starts_with("organization.costs.");
}

bool isConsoleRow(json::Object row)
{
    return row["start_time_iso"].exists() && row["end_time_iso"].exists() &&
           (row["num_model_requests"].exists() || row["amount_value"].exists());
}

/// Of a time without usage the console exports the times alone.
bool isEmptyConsoleRow(json::Object row)
{
    for (const auto [key, value] : row)
        if (!key.starts_with("start_time") && !key.starts_with("end_time"))
            return false;
    return row["start_time"].exists() && row["start_time_iso"].exists() && row["end_time_iso"].exists();
}

Certainty sniff(const Sniffed& record)
{
    const json::Object object = record.value.object();
    if (record.container.empty() && (isConsoleRow(object) || isEmptyConsoleRow(object)))
        return Certainty::Certain;
    if (object["object"].text() != "bucket")
        return Certainty::No;
    for (const json::Value result : object["results"].array())
        return isUsage(result) || isCost(result) ? Certainty::Certain : Certainty::No;
    return Certainty::Likely;
}

/// OpenAI's organisation usage and costs: answers of the API, and tables of its console. Input holds cached tokens.
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
        if (isEmptyConsoleRow(value.object())) {
            sink.note("nothing was used in the times of this export");
            return {};
        }
        m_texts.clear();
        ObservedBillLine line{.provider = "openai", .isStatement = true};
        if (isConsoleRow(value.object())) {
            line.start = facts::timeOf(value["start_time_iso"]);
            line.end = facts::timeOf(value["end_time_iso"]);
            return value["amount_value"].exists() ? readCost(value, line, sink) : readUsage(value, line, sink);
        }
        line.start = facts::timeOf(value["start_time"]);
        line.end = facts::timeOf(value["end_time"]);
        for (const json::Value result : value["results"].array())
            TRY(isCost(result) ? readCost(result, line, sink) : readUsage(result, line, sink));
        return {};
    }

private:
    Result<> readUsage(json::Value row, ObservedBillLine line, RecordSink& sink)
    {
        const auto count = [&](std::string_view key) { return facts::tokenCount(row[key]); };
        const auto whole = [&](std::string_view key) { return row[key].integer(); };
        line.model = row["model"].text();
        line.meter = "usage";
        line.project = row["project_id"].text();
        line.apiKey = row["api_key_id"].text();
        const bool isBatch = row["batch"].boolean().value_or(row["batch"].text() == "True");
        line.tier = isBatch ? std::string_view("batch") : row["service_tier"].text();
        line.requests = whole("num_model_requests");
        // Sums of a day go beyond what one call may have.
        const auto input = whole("input_tokens");
        const auto cached = whole("input_cached_tokens");
        const auto written = whole("input_cache_write_tokens");
        line.usage.cacheRead = cached;
        line.usage.cacheWrite5m = written;
        if (input)
            line.usage.uncachedInput = std::max<TokenCount>(0, *input - cached.value_or(0) - written.value_or(0));
        line.usage.visibleOutput = whole("output_tokens");
        if (const auto audio = count("input_audio_tokens"); audio && *audio > 0)
            line.usage.audioInput = audio;
        return sink.add(line);
    }

    Result<> readCost(json::Value row, ObservedBillLine line, RecordSink& sink)
    {
        const json::Value amount = row["amount"];
        line.cost = facts::signedMoney(amount.isObject() ? amount["value"] : row["amount_value"]);
        const std::string_view currency = amount.isObject() ? amount["currency"].text() : row["amount_currency"].text();
        std::string& upper = m_texts.emplace_back(currency);
        for (char& c : upper)
            if (c >= 'a' && c <= 'z')
                c = static_cast<char>(c - 'a' + 'A');
        line.currency = upper;
        line.project = row["project_id"].text();
        line.description = row["line_item"].text();
        // `gpt-5-2025-08-07, input`
        const std::size_t comma = line.description.find(", ");
        line.model = line.description.substr(0, comma);
        line.meter = comma == std::string_view::npos ? std::string_view("other") : line.description.substr(comma + 2);
        if (!line.cost) {
            sink.skip("a cost without amount");
            return {};
        }
        return sink.add(line);
    }

    std::deque<std::string> m_texts;
};

} // namespace

Format openai_bill()
{
    return {
        .id = "openai-bill",
        .title = "OpenAI usage and costs",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
