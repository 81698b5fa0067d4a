// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/what_if_page.h"

#include <QDoubleSpinBox>

#include "ui/widgets/data_table.h"

// The same scenario on the calls that the filter's are compared with.
namespace plumbline {

void WhatIfPage::showFigures()
{
    if (!m_whatIf)
        return;
    std::vector<WhatIfFigure> figures = whatIfFigures(m_answer, m_whatIf->days(), m_growth->value() / 100);
    QString compared;
    if (m_comparedAnswer && m_comparedAnswer->before.calls > 0) {
        compared = comparisonText(scope(), queries().calendar());
        const auto others = whatIfFigures(*m_comparedAnswer, m_compared->days(), m_growth->value() / 100);
        for (std::size_t i = 0; i < figures.size(); ++i) {
            figures[i].comparedNow = others[i].now;
            figures[i].comparedThen = others[i].then;
        }
    }
    m_figures.show(std::move(figures), compared);
    m_figureTable->setFixedHeight(m_figureTable->contentHeight());
}

std::optional<Filter> WhatIfPage::comparedFilter() const
{
    std::optional<Filter> filter = comparedCalls(scope());
    if (filter)
        filter->conditions.insert(filter->conditions.end(), m_scenario.filter.begin(), m_scenario.filter.end());
    return filter;
}

void WhatIfPage::replayCompared()
{
    const std::optional<Filter> filter = comparedFilter();
    if (!filter) {
        m_comparedJob.cancel();
        m_compared.reset();
        m_comparedAnswer.reset();
        return;
    }
    const bool isLaid =
        m_compared && m_compared->filter() == *filter && m_comparedOf && m_comparedOf->isSameSnapshot(queries());
    if (!isLaid) { // what is shown of other calls would be wrong
        m_compared.reset();
        m_comparedAnswer.reset();
    }
    using Replayed = std::pair<std::shared_ptr<WhatIf>, WhatIfAnswer>;
    m_comparedJob.start(
        [asked = queries(), filter = *filter, laid = m_compared,
         levers = m_scenario.levers](const StopToken& stop, const ProgressSink& progress) -> Result<Replayed> {
            std::shared_ptr<WhatIf> whatIf = laid ? laid : TRY(asked.whatIf(filter, progress, stop));
            WhatIfAnswer answer = TRY(whatIf->simulate(levers, WhatIfDetail::Usual, stop));
            return Replayed(std::move(whatIf), std::move(answer));
        },
        [this, of = queries()](Result<Replayed> replayed) {
            if (!replayed)
                return; // the figures of the filter stand without it
            m_compared = std::move(replayed->first);
            m_comparedAnswer = std::move(replayed->second);
            m_comparedOf = of;
            showFigures();
        });
}

} // namespace plumbline
