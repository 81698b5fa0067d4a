// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/prose.h"
#include "model/sample/scenario.h"

// Long texts in, short texts out: reviews of code and summaries of reports.
namespace plumbline::sample {

namespace {

/// Puts a time in front of the system prompt, so that no two requests begin alike.
void stampSystemPrompt(Prompt& prompt, Timestamp time)
{
    SampleBlock& system = prompt.blocks().front();
    system.stable = system.text;
    system.text = sharedText("Current time: " + isoText(time) + "\n\n" + system.stable->text);
}

/// Cuts at a word so that the text is as long as its limit.
std::string cutTo(std::string text, TokenCount tokens)
{
    while (countTokens(text) > tokens)
        text.erase(text.find_last_of(' '));
    return text;
}

} // namespace

void codeReview(const Company& company, const Unit& unit, const TraceTaker& take)
{
    const SystemPrompt system = company.systemPrompt(unit, "the code reviewer", 1'500, Company::Growth::None);
    const bool isStamped = company.isPlanted(SampleDrain::CacheMisses, mix(unit.stream, "stamp"));
    TraceBuilder builder(company, unit, "review", 0, unit.start);
    builder.open(SpanKind::Chain, "code-review");
    for (std::uint64_t file = 0, files = 2 + unit.random("files").below(5); file < files; ++file) {
        Random random = unit.random("file", file);
        std::string diff = "Change " + unit.reference() + ", file src/shop/part" + std::to_string(file) + ".cpp\n\n";
        appendProse(diff, Register::Code, random.around(3'200), random);
        std::string remarks;
        appendProse(remarks, Register::Review, random.around(260), random);
        const TokenCount thought = random.around(900);
        const bool isExcessive = company.isPlanted(SampleDrain::ExcessReasoning, mix(unit.stream, "thinking", file));

        Prompt prompt;
        prompt.system(system);
        if (isStamped)
            stampSystemPrompt(prompt, builder.now());
        prompt.message(BlockRole::User, sharedText(std::move(diff)));
        CallRequest request{.name = "review-file",
                            .model = &gpt54,
                            .input = std::move(prompt.blocks()),
                            .output = {textBlock(BlockRole::Assistant, sharedText(std::move(remarks)))},
                            .reasoning = isExcessive ? thought * 5 : thought,
                            .reasoningEffort = isExcessive ? "high" : "medium",
                            .promptName = "code-review",
                            .promptVersion = system.version};
        if (isExcessive)
            request.claims.push_back({SampleDrain::ExcessReasoning, CallClaim::Extent::Reasoning, thought * 4,
                                      "thinks five times as long as usual"});
        if (isStamped)
            request.claims.push_back({SampleDrain::CacheMisses, CallClaim::Extent::CacheRead, 0,
                                      "a time in front of the prompt keeps it from the cache"});
        builder.call(std::move(request));
    }
    builder.close();
    take(std::move(builder).finish());
}

void summarizeReport(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("report");
    std::string report = "Report " + unit.reference() + "\n\n";
    appendProse(report, Register::Report, random.around(9'000), random);
    std::string summary;
    appendProse(summary, Register::Report, random.around(420), random);
    constexpr int limit = 1'500;
    constexpr int lowLimit = 180; // below what any summary needs
    const bool isTruncated = company.isPlanted(SampleDrain::TruncatedOutput, mix(unit.stream, "limit"));
    if (isTruncated)
        summary = cutTo(std::move(summary), lowLimit);
    // Written and never read shows by whole days: on such a day everything is marked for the cache.
    const auto day = static_cast<std::uint64_t>(floorDivide(unit.start.microseconds(), microsecondsPerDay));
    const bool isMarked = company.isPlanted(SampleDrain::CacheMisses, mix(company.seed(), "marked day", day));

    const SystemPrompt system = company.systemPrompt(unit, "the analyst", 420, Company::Growth::None);
    Prompt prompt;
    prompt.system(system);
    const SharedText text = sharedText(std::move(report));
    prompt.message(BlockRole::User, text);
    if (isMarked)
        prompt.cacheUpToHere();

    const SharedText summarized = sharedText(std::move(summary));
    TraceBuilder builder(company, unit, "summary", 0, unit.start);
    builder.open(SpanKind::Chain, "summarize-report");
    builder.current().input = {textBlock(BlockRole::User, text)};
    CallRequest request{.name = "summarize",
                        .model = &claudeSonnet,
                        .input = std::move(prompt.blocks()),
                        .output = {textBlock(BlockRole::Assistant, summarized)},
                        .temperaturePercent = 0,
                        .maxTokens = isTruncated ? static_cast<int>(summarized->tokens) : limit,
                        .finishReason = isTruncated ? "max_tokens" : "end_turn",
                        .promptName = "summarize-report",
                        .promptVersion = system.version};
    if (isTruncated)
        request.claims.push_back(
            {SampleDrain::TruncatedOutput, CallClaim::Extent::NoTokens, 0, "ends at its output limit"});
    if (isMarked)
        request.claims.push_back({SampleDrain::CacheMisses, CallClaim::Extent::CacheWrite, 0,
                                  "written to the cache on a day on which nothing is read"});
    builder.call(std::move(request));
    builder.current().output = {textBlock(BlockRole::Assistant, summarized)};
    builder.close();
    take(std::move(builder).finish());
}

} // namespace plumbline::sample
