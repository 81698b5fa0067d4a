// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "model/sample/agent_loop.h"
#include "model/sample/scenario.h"

// An agent that answers questions of the product team from pages and figures, with a second agent that checks facts.
namespace plumbline::sample {

namespace {

constexpr std::array<ToolFacts, 3> researchTools{{
    {"web_search", "Searches the web and returns titles, addresses and a sentence of each hit.",
     "query:string:A few words, no operators|limit:integer:How many hits, at most ten"},
    {"fetch_page", "Reads a page as plain text without navigation.", "url:string:Address as a search returned it"},
    {"query_sales", "Runs a read-only question against the warehouse of sales figures.",
     "measure:string:revenue, units or margin|range:string:Months as 2026-07..2026-09|group:string:store or item"},
}};
constexpr std::array<ToolFacts, 1> checkerTools{{
    {"read_record", "Reads one record of the archive.", "record:string:Number of the record"},
}};

std::string prose(Register kind, std::int64_t tokens, Random random)
{
    std::string text;
    appendProse(text, kind, tokens, random);
    return text;
}

std::string hits(Random& random, const std::string& reference)
{
    std::string text;
    for (int i = 1; i <= 5; ++i) {
        text += std::to_string(i) + ". https://research.example/" + reference + "/" + std::to_string(i) + " - ";
        appendSentence(text, Register::Report, random);
        text += '\n';
    }
    return text;
}

void searchAndRead(AgentLoop& agent, const Company& company, const Unit& unit, std::uint64_t round)
{
    Random random = unit.random("round", round);
    const std::string reference = unit.reference() + "-" + std::to_string(round);
    std::string query(productName(random));
    query += " market " + reference;
    agent.play({.tool = "web_search",
                .arguments = record({{"query", quoted(query)}, {"limit", "5"}}, Layout::Compact),
                .result = hits(random, reference),
                .duration = 900'000});

    const std::string url = "https://research.example/" + reference + "/" + std::to_string(1 + random.below(5));
    // The same page either way: in full, or the part that the question is about.
    const bool isKeptInFull = company.isPlanted(SampleDrain::StaleToolResults, mix(unit.stream, "page", round));
    std::string page = prose(Register::Report, random.around(1'250), unit.random("page", round));
    if (isKeptInFull) {
        Random rest = unit.random("rest of page", round);
        page += "\n\n" + prose(Register::Report, rest.between(2'300, 4'000), rest);
    }
    agent.play({.tool = "fetch_page",
                .arguments = record({{"url", quoted(url)}}, Layout::Compact),
                .result = std::move(page),
                .duration = 1'400'000});
}

void askSales(AgentLoop& agent, const Unit& unit)
{
    Random random = unit.random("sales");
    std::string rows = "store,revenue,units\n";
    for (const char* store : {"harbour", "tarn street", "kelby", "outlet", "online"})
        rows.append(store) += "," + std::to_string(10'000 + random.below(900'000)) + "," +
                              std::to_string(100 + random.below(9'000)) + "\n";
    agent.play({.tool = "query_sales",
                .arguments = record({{"measure", quoted("revenue")},
                                     {"range", quoted("2026-07..2026-09")},
                                     {"group", quoted("store " + unit.reference())}},
                                    Layout::Compact),
                .result = std::move(rows),
                .duration = 2'300'000});
}

/// A nested agent on a smaller model: what it finds is put before the researcher.
SharedText checkFacts(TraceBuilder& builder, const Company& company, const Unit& unit, const std::string& statement)
{
    AgentLoop checker(builder, company,
                      {.name = "fact-checker",
                       .model = &claudeHaiku,
                       .system = company.systemPrompt(unit, "the fact checker", 380, Company::Growth::None),
                       .promptName = "fact-checker",
                       .replies = Register::Report,
                       .answerTokens = 60});
    offer(checker.prompt(), checkerTools);
    checker.begin(sharedText("Is this supported? " + statement));
    checker.play({.tool = "read_record",
                  .arguments = record({{"record", quoted("A-" + unit.reference())}}, Layout::Compact),
                  .result = prose(Register::Report, 220, unit.random("record")),
                  .duration = 60'000});
    return checker.end();
}

} // namespace

void agentResearch(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("task");
    std::string task = "Research task " + unit.reference() + ". ";
    appendProse(task, Register::Report, random.around(60), random);
    task += " Find out why, and what we should do about it.";

    TraceBuilder builder(company, unit, "run", 0, unit.start);
    AgentLoop agent(builder, company,
                    {.name = "research-agent",
                     .model = &claudeOpus,
                     .system = company.systemPrompt(unit, "the product researcher", 2'600, Company::Growth::None),
                     .promptName = "research-agent",
                     .replies = Register::Report,
                     .answerTokens = 650});
    offer(agent.prompt(), researchTools);
    agent.begin(sharedText(std::move(task)));
    const std::uint64_t rounds = 2 + random.below(4);
    for (std::uint64_t round = 0; round < rounds; ++round)
        searchAndRead(agent, company, unit, round);
    askSales(agent, unit);
    const std::string statement = prose(Register::Report, 20, unit.random("statement"));
    const SharedText verdict = checkFacts(builder, company, unit, statement);
    agent.tell(sharedText("The fact checker was asked about: " + statement + "\nIt says: " + verdict->text));
    agent.end();
    take(std::move(builder).finish());
}

} // namespace plumbline::sample
