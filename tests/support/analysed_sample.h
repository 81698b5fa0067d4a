// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "model/analysis/analysis.h"
#include "model/queries/request_list.h"
#include "support/sample_import.h"
#include "support/workspace.h"

namespace plumbline::test {

/// Nine hundred calls of the sample company over two months, analysed, with their words indexed.
class AnalysedSample
{
public:
    void make()
    {
        importSample(m_workspace.path(), {.seed = 5, .calls = 900, .months = 2});
        QVERIFY(Analysis::run(m_workspace.path(), {}, StopToken()));
        QVERIFY(Analysis::indexTexts(m_workspace.path(), {}, StopToken()));
        m_queries = *m_workspace.queries();
    }
    const Queries& queries() const { return *m_queries; }
    std::vector<CallRow> allCalls() const
    {
        const auto list = m_queries->calls({}, CallOrder::Newest, 100'000, StopToken());
        return list->rows;
    }
    std::shared_ptr<const RequestList> list(const Filter& filter, RequestUnit unit) const
    {
        return *m_queries->requests(filter, unit, StopToken());
    }

private:
    TemporaryWorkspace m_workspace;
    std::optional<Queries> m_queries;
};

} // namespace plumbline::test
