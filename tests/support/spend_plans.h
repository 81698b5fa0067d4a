// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/workspace.h"

#include "model/spend/saved_spend_plan.h"
#include "model/store/workspace.h"

namespace plumbline::test {

inline void setPlan(const TemporaryWorkspace& workspace, const SpendPlan& plan)
{
    auto opened = store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite);
    const auto saved = saveSpendPlan(*opened, plan);
    if (!saved)
        qFatal("%s", saved.error().text().c_str());
}

} // namespace plumbline::test
