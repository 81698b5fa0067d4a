// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

#include "ui/charts/plot_spec.h"

class QCustomPlot;
class QCPItemRect;
class QMenu;

namespace plumbline {

/// Draws a PlotSpec. Hovering shows exact figures for every series, dragging chooses a range where the chart allows it,
/// the wheel zooms along the axis and a double click resets; the arrow keys walk the categories. The context menu
/// copies and saves the picture or its data. The only face QCustomPlot shows to the rest of the program.
class PlotView : public QWidget
{
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);
    ~PlotView() override;

    void draw(PlotSpec spec);
    const PlotSpec& spec() const { return m_spec; }
    /// Frames a cell of a heatmap, without telling; −1 none.
    void chooseCell(int row, int column);
    /// In how many lines the names of its series stand; 0 without them.
    int legendLines() const;

    /// The picture at its size on screen; vectors for SVG and PDF are drawn in daylight colours.
    QImage picture() const;
    QByteArray png() const;
    QByteArray svg();
    QByteArray pdf();

    /// Copies and saves the picture or its data.
    void addExports(QMenu& menu);

signals:
    /// The user dragged over steps of time, `first` to `last`, both included.
    void rangeChosen(int first, int last);
    /// *Annotate this day*, of a chart over time.
    void annotationWanted(int step);
    /// A click on a bar; `series` as below.
    void chosen(int category, int series);
    /// A double click on a bar; `series` is −1 between the bars of a column. Of a heatmap: row and column.
    void activated(int category, int series);
    /// A click or the keys went to a cell of a heatmap; row and column of the totals are one past the last.
    void cellChosen(int row, int column);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void build();
    void replot();
    void resetZoom();
    bool isZoomed() const;
    /// −1 outside.
    int categoryAt(const QPoint& position) const;
    int seriesAt(const QPoint& position, int category) const;
    void point(int category, const QPoint& globalPosition);
    void choose(const QRect& dragged);
    void clickCell(const QPoint& position, bool isDouble);
    void walkCells(int key);
    template <class Device>
    void drawOn(Device& device);

    PlotSpec m_spec;
    std::unique_ptr<QCustomPlot> m_plot;
    QCPItemRect* m_band = nullptr; ///< behind the column under the pointer; the plot owns it
    int m_pointed = -1;
    QPoint m_pressed = {-1, -1};           ///< where the button went down
    std::pair<int, int> m_cell = {-1, -1}; ///< of a heatmap: the one that is chosen
};

} // namespace plumbline
