export { adoptChartStyle, type Chart, createChart } from './createChart.ts';
