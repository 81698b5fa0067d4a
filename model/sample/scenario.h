// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string_view>

#include "model/sample/company.h"
#include "model/sample/trace_builder.h"

namespace plumbline::sample {

/// Takes the traces of a unit, in any order, as long as none begins before its unit.
using TraceTaker = std::function<void(SampleTrace)>;
using Scenario = void (*)(const Company& company, const Unit& unit, const TraceTaker& take);

// One function a scenario; files by kind of work. Each plays one unit.
void supportChat(const Company&, const Unit&, const TraceTaker&);     // conversations.cpp
void docSearch(const Company&, const Unit&, const TraceTaker&);       // retrieval.cpp
void embedDocs(const Company&, const Unit&, const TraceTaker&);       // retrieval.cpp
void agentResearch(const Company&, const Unit&, const TraceTaker&);   // research_agent.cpp
void orderAgent(const Company&, const Unit&, const TraceTaker&);      // order_agent.cpp
void codeReview(const Company&, const Unit&, const TraceTaker&);      // documents.cpp
void summarizeReport(const Company&, const Unit&, const TraceTaker&); // documents.cpp
void emailDraft(const Company&, const Unit&, const TraceTaker&);      // drafts.cpp
void productCopy(const Company&, const Unit&, const TraceTaker&);     // drafts.cpp
void classifyTicket(const Company&, const Unit&, const TraceTaker&);  // labels.cpp
void nightlyTagging(const Company&, const Unit&, const TraceTaker&);  // labels.cpp

/// When a feature is used: weights of the hours of a day (UTC), and of a weekend day in percent of a weekday.
struct Rhythm
{
    std::array<std::uint16_t, 24> hours;
    int weekendPercent;
};

/// A feature of the company: what it is, how large its share of the calls is, and when it is used.
struct FeatureFacts
{
    std::string_view name;
    std::string_view team;
    int sharePerMille = 0;          ///< of all calls without waste
    int callsPerUnitTimes100 = 100; ///< measured, without waste
    const Rhythm* rhythm = nullptr;
    Scenario play = nullptr;
};
std::span<const FeatureFacts> features();

} // namespace plumbline::sample
