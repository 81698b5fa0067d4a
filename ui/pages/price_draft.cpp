// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/price_draft.h"

#include "ui/pages/draft_step.h"

namespace plumbline {

PriceDraft::PriceDraft(QObject* parent) : QObject(parent)
{
    connect(&m_steps, &QUndoStack::indexChanged, this, &PriceDraft::changed);
    connect(&m_steps, &QUndoStack::indexChanged, this, &PriceDraft::stepped);
}

PriceDraft::~PriceDraft()
{
    // It tells of its end, and what it would tell is gone by then.
    m_steps.disconnect(this);
}

void PriceDraft::follow(const Queries& queries, const PriceOverrides& applied)
{
    // A draft is made for one workspace: what was not applied there is no change of another.
    const bool isAnother = !m_queries || m_queries->path() != queries.path();
    const bool isTouched = isChanged() && !isAnother;
    m_queries = queries;
    m_applied = applied;
    if (isAnother)
        m_steps.clear();
    if (!isTouched)
        m_draft = applied;
    emit changed();
}

void PriceDraft::setApplying(bool isApplying)
{
    m_isApplying = isApplying;
    emit changed();
}

void PriceDraft::change(const QString& what, PriceOverrides overrides)
{
    if (isApplying() || overrides == m_draft)
        return;
    m_steps.push(new DraftStep<PriceOverrides>(what, m_draft, std::move(overrides),
                                               [this](const PriceOverrides& now) { m_draft = now; }));
}

void PriceDraft::take(const PriceOverrides& list)
{
    change(tr("Import prices"), withList(m_draft, list));
}

void PriceDraft::apply()
{
    if (isApplying())
        return;
    if (isChanged())
        m_steps.push(new DraftStep<PriceOverrides>(tr("Apply the prices"), m_applied, m_draft,
                                                   [this](const PriceOverrides& now) { emit applyRequested(now); }));
    else
        emit applyRequested(m_draft);
}

void PriceDraft::undo()
{
    if (canUndo())
        m_steps.undo();
}

} // namespace plumbline
