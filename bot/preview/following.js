// Brings the newest message into view as Discord does: after what the person did themselves, and for whoever reads at
// the end of the channel. SimCord's page follows only those who stand at its end to the pixel, which an edited message
// is enough to undo; the answer would then come below the edge.

const REACH = 150; // pixels from the end that count as reading there
const PATIENCE = 5000; // milliseconds in which a new message counts as the answer to what was done

const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
let atEnd = true;
let acted = -PATIENCE;

function look() {
  atEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < REACH;
}
timeline.addEventListener("scroll", look, { passive: true });

function act() {
  acted = performance.now();
}
document.getElementById("channel-composer").addEventListener("submit", act, { capture: true });
document.getElementById("channel-composer").addEventListener("keydown", ({ key }) => {
  if (key === "Enter") act();
}, { capture: true });
list.addEventListener("click", act, { capture: true });

let last = "0";
new MutationObserver(() => {
  const newest = list.lastElementChild?.dataset.messageId || last;
  if (BigInt(newest) > BigInt(last) && (atEnd || performance.now() - acted < PATIENCE)) {
    timeline.scrollTop = timeline.scrollHeight;
  }
  last = newest;
}).observe(list, { childList: true });
