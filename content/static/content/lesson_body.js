// The editor of lesson bodies: shows blocks whose plugin is gone, but offers no new ones in its menu.
const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

class LessonBodyDefinition extends StreamBlockDefinition {
  constructor(...parts) {
    super(...parts);
    this.groupedChildBlockDefs = this.groupedChildBlockDefs.map(([group, blocks]) => [
      group,
      blocks.filter((block) => block.name !== 'unavailable'),
    ]);
  }
}

window.telepath.register('content.LessonBody', LessonBodyDefinition);
