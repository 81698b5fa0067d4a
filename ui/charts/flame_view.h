// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

#include "model/queries/flame.h"

class QMenu;

namespace plumbline {

struct Colors;

/// How the money of a part differs from what it was: `+12%`, `new`; empty where it is compared with nothing.
QString flameChangeText(const FlameNode& node);

/// The spend as an icicle: all of it above, features below, their steps, and the segments of each step's tokens. A
/// click zooms into a part, Esc out again; what is searched for stays in colour. Arrow keys walk it.
class FlameView : public QWidget
{
    Q_OBJECT

public:
    enum class Measure
    {
        Dollars,
        Tokens,
    };

    explicit FlameView(QWidget* parent = nullptr);

    void show(FlameNode root);
    void setMeasure(Measure measure);
    /// Parts whose name does not hold this are dimmed.
    void search(const QString& text);
    /// How many parts hold what is searched for.
    int found() const;
    void addExports(QMenu& menu);
    QByteArray svg();
    QByteArray pdf();
    QByteArray png();
    /// The tree as CSV: a line a segment.
    QByteArray csv() const;
    /// What the parts at a place are called, from all down to it; empty where nothing is.
    QStringList pathAt(const QPoint& place) const;
    /// What is zoomed into: names from all down.
    QStringList zoomed() const { return pathOf(m_zoomed); }
    QSize sizeHint() const override { return {800, 200}; }

signals:
    /// The calls of a part: a feature, and perhaps a step.
    void callsRequested(const QStringList& path);
    void zoomedTo(const QStringList& path);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// A part as it is drawn. Parents stand before their children.
    struct Box
    {
        const FlameNode* node = nullptr;
        int parent = -1, depth = 0, number = 0; ///< its number among its siblings
        double from = 0, to = 0;                ///< shares of the whole
    };
    void layOut();
    void addBoxes(const FlameNode& node, int parent, int depth, int number, double from, double to);
    double amountOf(const FlameNode& node) const;
    QString nameOf(const Box& box) const;
    QString figuresOf(const Box& box) const;
    QString changeOf(const FlameNode& node) const; ///< of what is measured
    QStringList pathOf(int box) const;
    QRectF placeOf(const Box& box, const QRectF& area) const;
    QColor colorOf(const Box& box, const Colors& colors) const;
    bool isSought(const Box& box) const;
    int boxAt(const QPointF& place) const;
    void zoom(int box);
    void choose(int box);
    void draw(QPainter& painter, const QRectF& area, const Colors& colors) const;

    FlameNode m_root;
    Measure m_measure = Measure::Dollars;
    QString m_search;
    std::vector<Box> m_boxes;
    int m_zoomed = 0;
    int m_chosen = 0;
    int m_hovered = -1;
};

} // namespace plumbline
