// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/items/fact_table.h"
#include "model/queries/measures.h"
#include "model/queries/spend_answers.h"

namespace plumbline {

/// A line of the completeness account. `what` links to the calls it is about, where there are some to show.
struct CompletenessLine
{
    enum class About
    {
        Nothing,
        WithoutUsage,
        Unpriced,
        Skipped,
        Wrappers,
    };
    QString title = {};
    QString toolTip = {};
    std::int64_t count = 0;
    std::optional<double> share = {};
    About about = About::Nothing;
};

/// How much of the truth the totals cover.
class CompletenessTable : public RowTable<CompletenessLine>
{
    Q_OBJECT

public:
    explicit CompletenessTable(QObject* parent = nullptr);

    /// With closed months whose calls are no longer what they were.
    void show(const Completeness& completeness, const std::vector<SpendAdjustment>& adjustments = {});
};

/// `99.4% of 2,144,600 calls with usage · 1,204 unpriced · 17 records skipped`, for the line below a page.
QString completenessText(const Completeness& completeness);

} // namespace plumbline
