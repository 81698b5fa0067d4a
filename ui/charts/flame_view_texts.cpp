// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/flame_view.h"

#include <algorithm>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// What a part had and has no more, the first of them by name.
QString goneText(const FlameNode& node)
{
    constexpr std::size_t most = 5;
    QStringList names;
    for (std::size_t i = 0; i < std::min(most, node.gone.size()); ++i)
        names += toQt(node.gone[i]);
    const QString text = names.join(u", "_s);
    return node.gone.size() > most
               ? FlameView::tr("%1 and %n more", nullptr, static_cast<int>(node.gone.size() - most)).arg(text)
               : text;
}

} // namespace

QString flameChangeText(const FlameNode& node)
{
    if (!node.before)
        return {};
    const FlameBefore& before = *node.before;
    if (before.calls == 0 && before.tokens == 0)
        return FlameView::tr("new");
    return before.money == MoneySum() ? QString() : format::change(node.money.dollars(), before.money.dollars());
}

QString FlameView::figuresOf(const Box& box) const
{
    const double whole = amountOf(m_root);
    const double above = box.parent < 0 ? whole : amountOf(*m_boxes[static_cast<std::size_t>(box.parent)].node);
    const double amount = amountOf(*box.node);
    QString text =
        tr("%1 · %2 tokens · %3 calls")
            .arg(format::money(box.node->money), format::count(box.node->tokens), format::count(box.node->calls));
    if (whole > 0 && above > 0 && box.parent >= 0)
        text += u'\n' + tr("%1 of all, %2 of “%3”")
                            .arg(format::percent(amount / whole), format::percent(amount / above),
                                 nameOf(m_boxes[static_cast<std::size_t>(box.parent)]));
    if (const auto& before = box.node->before) {
        text +=
            u'\n' +
            (before->calls == 0 && before->tokens == 0
                 ? tr("New: there was none of it")
                 : tr("It was %1 (%2) · %3 tokens (%4) · %5 calls")
                       .arg(format::money(before->money),
                            format::change(box.node->money.dollars(), before->money.dollars()),
                            format::count(before->tokens),
                            format::change(static_cast<double>(box.node->tokens), static_cast<double>(before->tokens)),
                            format::count(before->calls)));
        if (!box.node->gone.empty())
            text += u'\n' + tr("No more: %1").arg(goneText(*box.node));
    }
    return text;
}

QString FlameView::changeOf(const FlameNode& node) const
{
    if (m_measure == Measure::Dollars || !node.before || node.before->tokens == 0)
        return flameChangeText(node);
    return format::change(static_cast<double>(node.tokens), static_cast<double>(node.before->tokens));
}

} // namespace plumbline
