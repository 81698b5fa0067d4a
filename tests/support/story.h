// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/workspace.h"

#include <algorithm>
#include <deque>
#include <random>

#include "model/record/recorder.h"
#include "model/store/database.h"

namespace plumbline::test {

/// Records lines as one import: `trace/span < parent kind name key=value …`, `trace facts key=value …`,
/// `score trace/span name value`. Every line is a record.
class Story
{
public:
    explicit Story(const TemporaryWorkspace& workspace) : m_path(workspace.path()) {}

    Result<ImportReport> record(const std::string& lines, Privacy privacy = Privacy::Bodies) const
    {
        auto recorder = TRY(Recorder::open(m_path, "test"));
        TRY(recorder.begin({.name = "lines", .privacy = privacy, .expectedBytes = lines.size()}, StopToken()));
        TRY(addTo(recorder, lines));
        return recorder.finish({}, {});
    }

    static Result<> addTo(Recorder& recorder, const std::string& lines)
    {
        std::size_t begin = 0;
        while (begin < lines.size()) {
            const std::size_t end = std::min(lines.find('\n', begin), lines.size());
            const std::string line = lines.substr(begin, end - begin);
            begin = end + 1;
            if (line.empty())
                continue;
            recorder.startRecord(line);
            TRY(addLine(recorder, line));
        }
        return {};
    }

    Result<> remove(std::int64_t import) const
    {
        auto recorder = TRY(Recorder::open(m_path, "test"));
        return recorder.removeImport(import, {}, StopToken());
    }
    Result<> change(std::string_view key, std::string_view value) const
    {
        auto recorder = TRY(Recorder::open(m_path, "test"));
        return recorder.change({{key, value}}, {}, StopToken());
    }

private:
    static Result<> addLine(Recorder& recorder, const std::string& line)
    {
        std::vector<std::string> words;
        for (const QString& word : QString::fromStdString(line).split(' ', Qt::SkipEmptyParts))
            words.push_back(word.toStdString());
        const auto split = [](const std::string& word, char at) {
            const std::size_t position = word.find(at);
            return std::pair(word.substr(0, position), position == std::string::npos ? "" : word.substr(position + 1));
        };
        if (words[0] == "score") {
            const auto [trace, span] = split(words[1], '/');
            return recorder.add(ObservedScore{.scoreId = words.size() > 4 ? words[4] : std::string_view(),
                                              .traceId = trace,
                                              .spanId = span,
                                              .name = words[2],
                                              .value = std::stod(words[3])});
        }
        std::deque<std::string> texts;
        const auto keep = [&](std::string text) -> std::string_view { return texts.emplace_back(std::move(text)); };
        if (words[1] == "facts") {
            ObservedTrace facts{.traceId = words[0]};
            for (std::size_t i = 2; i < words.size(); ++i) {
                const auto [key, value] = split(words[i], '=');
                (key == "name"      ? facts.name
                 : key == "user"    ? facts.user
                 : key == "session" ? facts.session
                 : key == "feature" ? facts.feature
                 : key == "tags"    ? facts.tags
                                    : facts.release) = keep(value);
            }
            return recorder.add(facts);
        }
        ObservedSpan span;
        const auto [trace, id] = split(words[0], '/');
        span.traceId = trace;
        span.spanId = id;
        std::size_t at = 1;
        if (words[at] == "<") {
            span.parentId = words[at + 1];
            at += 2;
        }
        for (const SpanKind kind : {SpanKind::Other, SpanKind::Llm, SpanKind::Embedding, SpanKind::Retriever,
                                    SpanKind::Tool, SpanKind::Agent, SpanKind::Chain, SpanKind::Event})
            if (idOf(kind) == words[at])
                span.kind = kind;
        ++at;
        span.start = parseTimestamp("2026-08-20T10:00:00Z");
        for (; at < words.size(); ++at) {
            const auto [key, value] = split(words[at], '=');
            const std::string_view text = keep(value);
            if (key == "in")
                span.usage.uncachedInput = std::stoll(value);
            else if (key == "out")
                span.usage.visibleOutput = std::stoll(value);
            else if (key == "reasoning")
                span.usage.reasoning = std::stoll(value);
            else if (key == "reported")
                span.reportedCost = *moneyFromDecimal(value);
            else if (key == "at")
                span.start = parseTimestamp(value);
            else if (key == "recorded")
                span.recordedAt = parseTimestamp(value);
            else if (key == "error")
                span.status = SpanStatus::Error;
            else if (key == "body")
                span.blocks.push_back({.role = BlockRole::User, .text = text});
            else
                (key == "name"          ? span.name
                 : key == "model"       ? span.model
                 : key == "feature"     ? span.feature
                 : key == "trace-name"  ? span.traceName
                 : key == "user"        ? span.user
                 : key == "session"     ? span.session
                 : key == "environment" ? span.environment
                 : key == "service"     ? span.service
                 : key == "response"    ? span.responseId
                 : key == "prompt"      ? span.promptName
                 : key == "tags"        ? span.tags
                                        : span.attributes) = text;
        }
        return recorder.add(span);
    }

    std::filesystem::path m_path;
};

/// Every row of a query, one line each.
inline std::string answerOf(const TemporaryWorkspace& workspace, const std::string& sql)
{
    const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
    if (!database)
        return database.error().text();
    auto query = database->prepare(sql);
    if (!query)
        return query.error().text();
    std::string text;
    for (;;) {
        const auto row = query->next();
        if (!row)
            return row.error().text();
        if (!*row)
            return text;
        text += std::string(query->text(0)) + "\n";
    }
}

inline std::string calls(const TemporaryWorkspace& workspace)
{
    return answerOf(workspace, "SELECT concat_row FROM (SELECT step || ' ' || feature || ' ' || coalesce(user, '-') "
                               "|| ' ' || coalesce(session, '-') || ' ' || coalesce(model, '-') || ' ' || "
                               "coalesce(input_tokens, '-') || ' ' || coalesce(output_tokens, '-') || ' ' || "
                               "coalesce(round(cost_usd * 1e12), '-') || ' ' || start_time || ' ' || status AS "
                               "concat_row FROM calls) ORDER BY 1");
}

inline std::string features(const TemporaryWorkspace& workspace)
{
    return answerOf(workspace, "SELECT step || ' ' || feature FROM calls ORDER BY 1");
}

/// The roll-up, and the same counted anew from the calls.
inline std::string rollUp(const TemporaryWorkspace& workspace)
{
    return answerOf(workspace,
                    "SELECT day || ' ' || feature || ' ' || model || ' ' || provider || ' ' || environment || ' ' || "
                    "calls || ' ' || calls_without_usage || ' ' || unpriced_calls || ' ' || errors || ' ' || uncached "
                    "|| ' ' || visible || ' ' || (cost_dollars * 1000000000000 + cost_picodollars) FROM daily "
                    "ORDER BY 1");
}

inline std::string recount(const TemporaryWorkspace& workspace)
{
    return answerOf(
        workspace,
        "SELECT (started / 86400000000) || ' ' || coalesce(feature, 0) || ' ' || coalesce(model, 0) || ' ' || "
        "coalesce(provider, 0) || ' ' || coalesce(environment, 0) || ' ' || count(*) || ' ' || sum(uncached IS NULL "
        "AND visible IS NULL) || ' ' || sum(cost IS NULL AND (uncached IS NOT NULL OR visible IS NOT NULL)) || ' ' || "
        "sum(status = 3) || ' ' || coalesce(sum(uncached), 0) || ' ' || coalesce(sum(visible), 0) || ' ' || "
        "coalesce(sum(cost), 0) FROM call JOIN origin ON origin.id = call.origin GROUP BY started / 86400000000, "
        "feature, model, provider, environment "
        "ORDER BY 1");
}

/// Traces of a few spans each, with witnesses that contradict one another.
inline std::vector<std::string> someLines(unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<std::string> lines;
    const auto oneOf = [&](std::initializer_list<const char*> texts) {
        return std::string(*(texts.begin() + static_cast<std::ptrdiff_t>(random() % texts.size())));
    };
    for (int trace = 0; trace < 12; ++trace) {
        const std::string id = "t" + std::to_string(trace);
        for (int span = 0; span < 6; ++span) {
            for (unsigned witness = 0; witness <= random() % 2; ++witness) {
                std::string line = id + "/s" + std::to_string(span);
                if (span > 0)
                    line += " < s" + std::to_string(random() % static_cast<unsigned>(span + 1));
                line += " " + oneOf({"llm", "llm", "agent", "tool", "chain", "embedding"});
                line += " name=n" + std::to_string(span) + " recorded=2026-08-2" + std::to_string(random() % 10) +
                        "T0" + std::to_string(witness) + ":00:00." + std::to_string(100 + random() % 800) + "Z";
                line += " at=2026-08-" + std::to_string(10 + trace) + "T10:00:0" + std::to_string(span) + "Z";
                if (random() % 3)
                    line += " model=" + oneOf({"gpt-4o", "gpt-4o-mini", "no-such-model"});
                if (random() % 3)
                    line += " in=" + std::to_string(random() % 5000) + " out=" + std::to_string(random() % 500);
                if (random() % 4 == 0)
                    line += " feature=" + oneOf({"chat", "search"});
                if (random() % 4 == 0)
                    line += " user=" + oneOf({"ann", "bob"});
                if (random() % 5 == 0)
                    line += " environment=" + oneOf({"production", "staging"});
                if (random() % 6 == 0)
                    line += " error=1";
                lines.push_back(line);
            }
        }
        if (random() % 2)
            lines.push_back(id + " facts user=" + oneOf({"ann", "cleo"}) + " session=s" + std::to_string(trace));
    }
    return lines;
}

inline std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

} // namespace plumbline::test
