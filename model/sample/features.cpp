// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/scenario.h"

namespace plumbline::sample {

namespace {

constexpr Rhythm shoppers{{2, 1, 1, 1, 1, 2, 4, 6, 8, 10, 11, 12, 13, 12, 11, 11, 12, 14, 16, 18, 17, 12, 7, 4}, 115};
constexpr Rhythm office{{0, 0, 0, 0, 0, 1, 3, 9, 16, 18, 17, 14, 11, 15, 18, 17, 13, 8, 3, 2, 1, 1, 0, 0}, 12};
constexpr Rhythm night{{2, 6, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 100};

// Calls per unit are those of `withoutDrains`, which a test checks.
constexpr std::array<FeatureFacts, 11> all{{
    {"support-chat", "customer-care", 260, 700, &shoppers, supportChat},
    {"doc-search", "customer-care", 140, 200, &shoppers, docSearch},
    {"order-agent", "logistics", 140, 330, &shoppers, orderAgent},
    {"agent-research", "product", 150, 1093, &office, agentResearch},
    {"code-review", "engineering", 80, 405, &office, codeReview},
    {"email-draft", "customer-care", 55, 100, &office, emailDraft},
    {"classify-ticket", "customer-care", 55, 100, &shoppers, classifyTicket},
    {"summarize-report", "finance", 40, 100, &office, summarizeReport},
    {"embed-docs", "platform", 40, 600, &office, embedDocs},
    {"nightly-tagging", "platform", 25, 3000, &night, nightlyTagging},
    {"product-copy", "marketing", 15, 100, &office, productCopy},
}};

} // namespace

std::span<const FeatureFacts> features()
{
    return all;
}

} // namespace plumbline::sample
