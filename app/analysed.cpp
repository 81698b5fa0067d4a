// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysed.h"

#include <cstdio>

#include "app/progress_line.h"
#include "model/analysis/analysis.h"
#include "model/store/workspace.h"

namespace plumbline {

Result<Queries> openAnalysed(const CommandCall& call)
{
    const std::string store = TRY(call.arguments.required("store"));
    TRY(store::Workspace::open(store, store::OpenMode::ReadOnly)); // a wrong name is said before anything is made
    ProgressLine line;
    const auto outcome = Analysis::run(store, line.sink(), call.stop);
    line.clear();
    if (!outcome && outcome.error().kind == ErrorKind::Locked)
        std::fprintf(stderr, "not analysed anew: %s\n", outcome.error().text().c_str());
    else if (!outcome)
        return tl::unexpected(outcome.error());
    return openQueries(call);
}

} // namespace plumbline
