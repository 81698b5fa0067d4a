// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/flame_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

#include "model/items/cell.h"
#include "model/items/format.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 4;
constexpr double rowGap = 2;
/// Thinner parts are not told apart: they are drawn without a gap.
constexpr double thin = 3;

QString segmentName(Segment segment)
{
    return partTitle(segmentParts[static_cast<std::size_t>(segment)]);
}

} // namespace

FlameView::FlameView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Cost flame graph"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumHeight(rows * 30);
    layOut();
}

void FlameView::show(FlameNode root)
{
    const QStringList before = zoomed();
    m_root = std::move(root);
    layOut();
    // What was zoomed into stays so, if it is still there.
    m_zoomed = m_chosen = 0;
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        if (pathOf(static_cast<int>(i)) == before)
            m_zoomed = m_chosen = static_cast<int>(i);
    choose(m_chosen);
    emit zoomedTo(zoomed());
}

void FlameView::setMeasure(Measure measure)
{
    m_measure = measure;
    FlameNode root = std::move(m_root);
    show(std::move(root));
}

void FlameView::search(const QString& text)
{
    m_search = text;
    update();
}

int FlameView::found() const
{
    return m_search.isEmpty() ? 0
                              : static_cast<int>(std::count_if(m_boxes.begin() + 1, m_boxes.end(),
                                                               [this](const Box& box) { return isSought(box); }));
}

double FlameView::amountOf(const FlameNode& node) const
{
    return m_measure == Measure::Dollars ? std::max(0.0, node.money.dollars()) : static_cast<double>(node.tokens);
}

void FlameView::layOut()
{
    m_boxes.clear();
    addBoxes(m_root, -1, 0, 0, 0, 1);
    update();
}

void FlameView::addBoxes(const FlameNode& node, int parent, int depth, int number, double from, double to)
{
    const int self = static_cast<int>(m_boxes.size());
    m_boxes.push_back({&node, parent, depth, number, from, to});
    double all = 0;
    for (const FlameNode& child : node.children)
        all += amountOf(child);
    if (all <= 0)
        return;
    double at = from;
    int count = 0;
    for (const FlameNode& child : node.children) {
        const double width = (to - from) * amountOf(child) / all;
        addBoxes(child, self, depth + 1, count++, at, at + width);
        at += width;
    }
}

QString FlameView::nameOf(const Box& box) const
{
    if (box.parent < 0)
        return tr("All calls");
    return box.node->segment ? segmentName(*box.node->segment) : toQt(box.node->name);
}

QStringList FlameView::pathOf(int box) const
{
    QStringList path;
    for (int at = box; at >= 0 && static_cast<std::size_t>(at) < m_boxes.size();
         at = m_boxes[static_cast<std::size_t>(at)].parent)
        path.prepend(nameOf(m_boxes[static_cast<std::size_t>(at)]));
    return path;
}

QRectF FlameView::placeOf(const Box& box, const QRectF& area) const
{
    const Box& zoomed = m_boxes[static_cast<std::size_t>(m_zoomed)];
    const double scale = area.width() / std::max(1e-12, zoomed.to - zoomed.from);
    const double left = std::max(area.left(), area.left() + (box.from - zoomed.from) * scale);
    const double right = std::min(area.right(), area.left() + (box.to - zoomed.from) * scale);
    constexpr double tallest = 110;
    const double height = std::min(tallest, area.height() / rows);
    return {left, area.top() + box.depth * height, right - left, height - rowGap};
}

QColor FlameView::colorOf(const Box& box, const Colors& colors) const
{
    if (box.parent < 0)
        return colors.border;
    if (box.node->segment)
        return colors.of(segmentParts[static_cast<std::size_t>(*box.node->segment)]);
    // A feature has its colour, its steps a paler one.
    const Box& feature = box.depth == 1 ? box : m_boxes[static_cast<std::size_t>(box.parent)];
    QColor color = colors.member(static_cast<std::size_t>(feature.number));
    if (box.depth == 1)
        return color;
    constexpr double mix = 0.35;
    return QColor::fromRgbF(static_cast<float>(color.redF() + (colors.card.redF() - color.redF()) * mix),
                            static_cast<float>(color.greenF() + (colors.card.greenF() - color.greenF()) * mix),
                            static_cast<float>(color.blueF() + (colors.card.blueF() - color.blueF()) * mix));
}

bool FlameView::isSought(const Box& box) const
{
    return nameOf(box).contains(m_search, Qt::CaseInsensitive);
}

void FlameView::draw(QPainter& painter, const QRectF& area, const Colors& colors) const
{
    painter.setFont(fonts::text());
    const QFontMetricsF metrics(painter.font());
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        const Box& box = m_boxes[i];
        const QRectF place = placeOf(box, area);
        constexpr double thinnest = 0.4; // of a pixel: nobody sees it
        if (place.width() < thinnest)
            continue;
        const QRectF shown = place.adjusted(0, 0, place.width() > thin ? -1 : 0, 0);
        QColor fill = colorOf(box, colors);
        const bool isDimmed = !m_search.isEmpty() && box.parent >= 0 && !isSought(box);
        if (isDimmed)
            fill = colors.code;
        painter.fillRect(shown, fill);
        const bool isChosen = static_cast<int>(i) == m_chosen && hasFocus();
        if (isChosen || static_cast<int>(i) == m_hovered) {
            painter.setPen(QPen(isChosen ? colors.accent : colors.text, 1.5));
            painter.drawRect(shown.adjusted(0.75, 0.75, -0.75, -0.75));
        }
        constexpr double margin = 6, narrowest = 34;
        if (shown.width() < narrowest)
            continue;
        painter.setPen(isDimmed ? colors.secondary : Colors::readableOn(fill));
        const QString amount =
            m_measure == Measure::Dollars ? format::shortMoney(box.node->money) : format::shortCount(box.node->tokens);
        const QRectF text = shown.adjusted(margin, 0, -margin, 0);
        const QString name = nameOf(box);
        const QString both = name + u"  "_s + amount, all = both + u"  "_s + changeOf(*box.node);
        const auto fits = [&](const QString& label) { return metrics.horizontalAdvance(label) <= text.width(); };
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                         fits(all)    ? all
                         : fits(both) ? both
                                      : metrics.elidedText(name, Qt::ElideRight, text.width()));
    }
}

void FlameView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    draw(painter, rect(), colorsOf(*this));
}

void FlameView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    update();
}

int FlameView::boxAt(const QPointF& place) const
{
    for (std::size_t i = m_boxes.size(); i-- > 0;)
        if (const QRectF at = placeOf(m_boxes[i], rect()); at.width() > 0 && at.contains(place))
            return static_cast<int>(i);
    return -1;
}

QStringList FlameView::pathAt(const QPoint& place) const
{
    return pathOf(boxAt(place));
}

void FlameView::zoom(int box)
{
    m_zoomed = std::clamp(box, 0, static_cast<int>(m_boxes.size()) - 1);
    m_hovered = -1;
    choose(m_zoomed);
    emit zoomedTo(zoomed());
}

void FlameView::choose(int box)
{
    m_chosen = std::clamp(box, 0, static_cast<int>(m_boxes.size()) - 1);
    // A screen reader hears where one is.
    setAccessibleDescription(pathOf(m_chosen).join(u", "_s) + u": "_s +
                             figuresOf(m_boxes[static_cast<std::size_t>(m_chosen)]).replace(u'\n', u", "_s));
    update();
}

void FlameView::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton)
        return;
    // A click on what is zoomed into already is the second of a double click, or means nothing.
    if (const int box = boxAt(event->position()); box >= 0 && box != m_zoomed)
        zoom(box);
}

void FlameView::mouseDoubleClickEvent(QMouseEvent* event)
{
    // The first click of it zoomed already.
    const QStringList path = pathOf(boxAt(event->position()));
    if (path.size() > 1)
        emit callsRequested(path);
}

void FlameView::mouseMoveEvent(QMouseEvent* event)
{
    if (const int box = boxAt(event->position()); box != m_hovered) {
        m_hovered = box;
        update();
    }
}

void FlameView::keyPressEvent(QKeyEvent* event)
{
    const Box& chosen = m_boxes[static_cast<std::size_t>(m_chosen)];
    const auto sibling = [&](int by) {
        for (std::size_t i = 0; i < m_boxes.size(); ++i)
            if (m_boxes[i].parent == chosen.parent && m_boxes[i].depth == chosen.depth &&
                m_boxes[i].number == chosen.number + by)
                return static_cast<int>(i);
        return m_chosen;
    };
    switch (event->key()) {
    case Qt::Key_Left:
        choose(sibling(-1));
        return;
    case Qt::Key_Right:
        choose(sibling(1));
        return;
    case Qt::Key_Up:
        choose(std::max(0, chosen.parent));
        return;
    case Qt::Key_Down:
        if (!chosen.node->children.empty() && static_cast<std::size_t>(m_chosen) + 1 < m_boxes.size() &&
            m_boxes[static_cast<std::size_t>(m_chosen) + 1].parent == m_chosen)
            choose(m_chosen + 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_chosen != m_zoomed)
            zoom(m_chosen);
        else if (m_chosen > 0)
            emit callsRequested(pathOf(m_chosen));
        return;
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
        if (m_zoomed > 0) {
            zoom(m_boxes[static_cast<std::size_t>(m_zoomed)].parent);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

bool FlameView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const int box = boxAt(help->pos()); box >= 0)
            QToolTip::showText(help->globalPos(),
                               pathOf(box).mid(box > 0 ? 1 : 0).join(u" / "_s) + u'\n' +
                                   figuresOf(m_boxes[static_cast<std::size_t>(box)]),
                               this);
        return true;
    }
    if (event->type() == QEvent::Leave || event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        m_hovered = -1;
        update();
    }
    return QWidget::event(event);
}

void FlameView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    const int box = event->reason() == QContextMenuEvent::Keyboard ? m_chosen : boxAt(event->pos());
    if (box > 0) {
        const QStringList path = pathOf(box);
        menu.addAction(tr("Show the calls"), this, [this, path] { emit callsRequested(path); });
        menu.addAction(tr("Zoom in"), this, [this, box] { zoom(box); });
    }
    menu.addAction(tr("Show all"), this, [this] { zoom(0); })->setEnabled(m_zoomed > 0);
    menu.addSeparator();
    addExports(menu);
    menu.exec(event->globalPos());
}

} // namespace plumbline
